import { selectFindings } from '../../domain/contradictions/index.ts';
import { formatAmount, formatShare, formatUsd, shortenText } from '../../reports/shared/format.ts';
import type { ContradictionFinding, ContradictionReport } from '../../schemas/contradiction-report.ts';
import { CONTRADICTION_VERDICTS, SEVERITIES } from '../../schemas/vocabulary.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** How a run came out, for people: the headline, what was counted, then what was found, the worst first. */
export function tellContradictions(report: ContradictionReport): string {
  const { run_status, headline, calibration, verdict_breakdown: verdicts, cost_usd: cost, cache, notices } = report;
  const found = selectFindings(report);
  return [
    headline === null ? 'the judge gave no verdict: nothing is known about this collection' : plain(headline),
    ...(calibration.small_sample_note === undefined ? [] : [plain(calibration.small_sample_note)]),
    '',
    textTable(
      ['evaluated', 'not evaluated', 'errored', 'judge failed', 'clean', 'with contradiction', 'with any finding'],
      [
        [
          report.queries_evaluated,
          report.queries_not_evaluated,
          report.queries_errored,
          report.queries_judge_failed,
          calibration.queries_judged_clean,
          report.queries_with_contradiction,
          report.queries_with_any_finding,
        ].map(String),
      ],
    ),
    '',
    textTable(
      [...CONTRADICTION_VERDICTS, 'errors'],
      [[...CONTRADICTION_VERDICTS.map((verdict) => verdicts[verdict]), report.judge_errors.total].map(String)],
    ),
    `judge ${plain(report.judge_model)}${report.judge_snapshot === null ? '' : ` (${plain(report.judge_snapshot)})`}, ${plain(report.prompt_version)}`,
    `cost: judge ${formatUsd(cost.judge)}, embedding ${formatUsd(cost.embedding)}; ${plain(cost.estimate_note)}`,
    `verdicts from the cache: ${cache.hits} of ${cache.hits + cache.misses}`,
    ...(report.gold === null ? [] : [tellGold(report.gold)]),
    ...(found.length === 0 ? [] : ['', tellFindings(found)]),
    ...(report.hot_pages.length === 0
      ? []
      : [
          '',
          'pages in most findings',
          ...report.hot_pages.map(({ slug, appearances, max_severity }) => `  ${appearances}  ${max_severity}  ${plain(slug)}`),
        ]),
    ...notices.map((notice) => `notice: ${plain(notice)}`),
    '',
    `${run_status}  ${report.run_id}`,
  ].join('\n');
}

/** Findings with what can be pasted for each, the worst first. */
export function tellFindings(findings: readonly ContradictionFinding[]): string {
  return findings
    .toSorted((left, right) => SEVERITIES.indexOf(right.severity) - SEVERITIES.indexOf(left.severity))
    .map(({ finding_id, severity, verdict, axis, confidence, a, b, resolution_command }) =>
      [
        `${finding_id}  ${severity}  ${verdict}, ${formatShare(confidence)} sure${axis === '' ? '' : `: ${plain(axis)}`}`,
        ...[a, b].map(
          ({ slug, effective_date: date, text }) => `  ${plain(slug)}${date === null ? '' : ` (${plain(date)})`}: ${oneLine(text)}`,
        ),
        `  ${plain(resolution_command)}`,
      ].join('\n'),
    )
    .join('\n');
}

const SHOWN_CHARACTERS = 110;

function oneLine(text: string): string {
  return plain(shortenText(text.replaceAll(/\s+/g, ' ').trim(), SHOWN_CHARACTERS));
}

function tellGold({ judged, pairs, errors, precision, recall, small_sample_note }: NonNullable<ContradictionReport['gold']>): string {
  const share = ({ hit, total, point, lower, upper }: typeof precision): string =>
    total === 0 ? 'n/a' : `${hit}/${total} ${formatShare(point)} (${formatShare(lower)} to ${formatShare(upper)})`;
  const note = small_sample_note === undefined ? '' : `; ${plain(small_sample_note)}`;
  return `labelled pairs: ${formatAmount(judged, 'verdict')} on ${pairs}, ${errors} without one; precision ${share(precision)}, recall ${share(recall)}${note}`;
}
