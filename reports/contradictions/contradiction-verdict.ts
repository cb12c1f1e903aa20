import type { ContradictionReport } from '../../schemas/contradiction-report.ts';
import { formatAmount, formatDuration, formatPart, formatShare, formatUsd } from '../shared/format.ts';
import type { NextStep, Verdict } from '../shared/verdict.ts';
import type { FoundPair } from './findings.ts';

const STEPS_SHOWN = 3;

/** The share of queries with a contradiction and where it may lie, or that nothing can be said because the judge failed. */
export function judgeContradictions(report: ContradictionReport, findings: readonly FoundPair[]): Verdict {
  const high = findings.filter(({ finding }) => finding.severity === 'high');
  const isFailed = report.run_status === 'judge_failed';
  return {
    ...wordsOf(report, findings.length, high.length),
    reasons: reasonsOf(report, high.length),
    figures: isFailed ? costFigures(report) : [...rateFigures(report, findings.length), ...costFigures(report)],
    nextSteps: stepsOf(report, findings),
  };
}

function wordsOf(report: ContradictionReport, found: number, high: number): Pick<Verdict, 'tone' | 'word' | 'sentence'> {
  const headline = report.headline ?? '';
  if (report.run_status === 'judge_failed') {
    return {
      tone: 'rejected',
      word: 'Not trustworthy',
      sentence: `This run is not trustworthy: of ${formatAmount(report.judge_errors.total, 'pair')} put to the judge, none came back with a verdict. It says nothing about contradictions, and no share is told.`,
    };
  }
  if (report.run_status === 'over_budget') {
    return { tone: 'review', word: 'Over budget', sentence: `The cap was reached before all queries were evaluated. So far: ${headline}` };
  }
  if (found === 0) return { tone: 'accepted', word: 'Nothing found', sentence: headline };
  return { tone: high > 0 ? 'rejected' : 'review', word: formatAmount(found, 'finding'), sentence: headline };
}

function reasonsOf(report: ContradictionReport, high: number): Verdict['reasons'] {
  const { judge_errors: errors, queries_not_evaluated, queries_errored, queries_judge_failed } = report;
  const kinds = Object.entries({ ...errors, total: 0 }).filter(([, count]) => typeof count === 'number' && count > 0);
  const told = (count: number, sentence: (amount: string) => string, detail: string): Verdict['reasons'] =>
    count === 0 ? [] : [{ sentence: sentence(formatAmount(count, 'query', 'queries')), detail }];
  return [
    ...(high === 0 ? [] : [{ sentence: `${formatAmount(high, 'finding')} of high severity:`, detail: 'what to type is below' }]),
    ...(errors.total === 0
      ? []
      : [
          {
            sentence: `${formatAmount(errors.total, 'pair')} without a verdict:`,
            detail: kinds.map(([kind, count]) => `${kind} ${count}`).join(', '),
          },
        ]),
    ...told(queries_not_evaluated, (amount) => `${amount} not evaluated:`, 'in no share; the cap was reached before'),
    ...told(queries_errored, (amount) => `${amount} could not be searched:`, 'in no share'),
    ...told(queries_judge_failed, (amount) => `${amount} of which every call failed:`, 'in no share, and not clean'),
  ];
}

function rateFigures(report: ContradictionReport, found: number): Verdict['figures'] {
  const { queries_total, queries_with_contradiction, wilson_ci_95: wilson } = report.calibration;
  return [
    {
      label: 'Queries with a contradiction',
      value: formatPart(queries_with_contradiction, queries_total),
      note: wilson === null ? 'no interval' : `${formatShare(wilson.lower)} to ${formatShare(wilson.upper)}`,
    },
    { label: 'Queries judged', value: String(queries_total), note: `of ${report.per_query.length}` },
    { label: 'Findings', value: String(found), note: formatAmount(report.verdict_breakdown.contradiction, 'contradiction') },
  ];
}

function costFigures({ cost_usd: cost, cache, judge_errors: errors, duration_ms }: ContradictionReport): Verdict['figures'] {
  return [
    { label: 'Pairs without a verdict', value: String(errors.total), ...(errors.total === 0 ? {} : { tone: 'review' as const }) },
    { label: 'Cost', value: formatUsd(cost.total), note: `in ${formatDuration(duration_ms)}` },
    { label: 'From the cache', value: formatPart(cache.hits, cache.hits + cache.misses), note: `${cache.hits} verdicts` },
  ];
}

function stepsOf(report: ContradictionReport, findings: readonly FoundPair[]): NextStep[] {
  if (report.run_status === 'judge_failed')
    return [{ sentence: 'See whether the judge is up:', command: 'lauter doctor --check contradictions' }];
  const worst = findings.filter(({ finding }) => finding.severity === 'high').slice(0, STEPS_SHOWN);
  return [
    ...worst.map(({ finding }) => ({
      sentence: `Decide about ${finding.finding_id}, once you have read it below:`,
      command: finding.resolution_command,
    })),
    ...(findings.length > worst.length ? [{ sentence: 'List all that are open:', command: 'lauter eval contradictions review' }] : []),
  ];
}
