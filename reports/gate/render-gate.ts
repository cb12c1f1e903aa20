import { tellReproducible } from '../../domain/reproducibility/index.ts';
import type { GateReport } from '../../schemas/gate-report.ts';
import type { ReplayResult } from '../../schemas/replay-report.ts';
import { BREACH_METRICS_TOLD } from '../../schemas/vocabulary.ts';
import { showValue } from '../shared/bench-values.ts';
import { formatAmount, shortenDigest } from '../shared/format.ts';
import { movedFigure } from '../shared/moved-figure.ts';
import { movesTable, rowsTable } from '../shared/replayed-rows.ts';
import { metaSections } from '../shared/meta-sections.ts';
import { renderReport, type ReportSection } from '../shared/sectioned-report.ts';
import { makeTable, type Table } from '../shared/table.ts';
import type { Verdict } from '../shared/verdict.ts';
import { gateChecks, type GateCheck } from './gate-checks.ts';

const NAME = 'eval-gate';

/** The gates as files. `results` are the rows of the baseline, `moved` those that moved, furthest first. The same report gives the same bytes. */
export function renderGate(
  report: GateReport,
  results: readonly ReplayResult[],
  moved: readonly ReplayResult[],
): { readonly name: string; readonly text: string }[] {
  const checks = gateChecks(report);
  const { meta, correctness_gate } = report;
  return renderReport({
    name: NAME,
    kind: 'Retrieval gate',
    subject: meta.collection,
    facts: factsOf(report),
    verdict: judge(report, checks),
    sections: [
      {
        id: 'checks',
        title: 'Checks',
        lead: 'Each limit, what was found, and whether it holds. A number that is missing never passes.',
        table: checksTable(checks),
      },
      ...(report.regression_gate.breaches === undefined ? [] : regressionSections(results, moved)),
      ...(correctness_gate.breaches === undefined
        ? []
        : [{ id: 'queries', title: 'Queries', lead: 'What was found of what is known to be right.', table: queriesTable(report) }]),
      ...metaSections(report._meta, NAME),
    ],
    document: report,
  });
}

function factsOf({ regression_gate: regression, correctness_gate: correctness, meta, _meta }: GateReport): string[] {
  const at = regression.baseline_ref === undefined ? '' : ` at ${regression.baseline_ref}`;
  return [
    `Retriever ${meta.retriever}, embedder ${meta.embedder ?? 'none'}`,
    ...(regression.baseline_path === undefined
      ? []
      : [`Baseline ${regression.baseline_path}${at}, attestation ${regression.attestation ?? 'unknown'}`]),
    ...(correctness.qrels_path === undefined ? [] : [`Judgments ${correctness.qrels_path}`]),
    `Knobs ${meta.knob_hash ?? 'unknown'}`,
    `Corpus ${meta.corpus_hash === null ? 'unknown' : shortenDigest(meta.corpus_hash)}`,
    ...(meta.corpus_changed === true ? ['The collection has changed since the baseline was published'] : []),
    ...(meta.degraded.length === 0 ? [] : [`Degraded: ${meta.degraded.join(', ')}`]),
    `Commit ${meta.commit ?? 'unknown'}, Lauter ${meta.lauter_version}, ${tellReproducible(_meta.footer)}`,
    'Results describe these queries on this collection, not others.',
  ];
}

function regressionSections(results: readonly ReplayResult[], moved: readonly ReplayResult[]): ReportSection[] {
  return [
    {
      id: 'moved',
      title: 'What moved',
      lead: `${formatAmount(moved.length, 'row')} of ${results.length} moved, furthest first.`,
      figure: movedFigure(moved),
      table: movesTable(moved, NAME),
    },
    { id: 'rows', title: 'Rows', lead: 'Every row of the baseline.', table: rowsTable(results, NAME) },
  ];
}

const WORDS = { pass: 'Passed', fail: 'Failed', error: 'Error' } as const;
const SENTENCES = {
  pass: 'Every gate that was asked for ran, and every limit holds.',
  fail: 'A limit does not hold.',
  error: 'Nobody can tell whether the limits hold.',
} as const;

function judge({ verdict }: GateReport, checks: readonly GateCheck[]): Verdict {
  return {
    tone: verdict === 'pass' ? 'accepted' : verdict === 'fail' ? 'rejected' : 'review',
    word: WORDS[verdict],
    sentence: SENTENCES[verdict],
    reasons: checks
      .filter(({ breach }) => breach !== null)
      .map(({ gate, metric, breach }) => ({
        sentence: `${gate}, ${metric}: ${BREACH_METRICS_TOLD[metric]}.`,
        detail: [breach?.reason, breach?.error_tail].filter((text) => text !== undefined).join(': '),
      })),
    figures: checks
      .filter(({ metric }) => HEADLINES.has(metric))
      .map(({ title, observed, limit, relation }) => ({
        label: title,
        value: showValue(observed),
        ...(limit === null ? {} : { note: `${relation} ${limit}` }),
      })),
    nextSteps: [],
  };
}

const HEADLINES: ReadonlySet<string> = new Set(['mean_jaccard', 'top1_stability_rate', 'mean_recall_at_k', 'first_relevant_hit_rate']);

function checksTable(checks: readonly GateCheck[]): Table {
  return makeTable<GateCheck>({
    name: `${NAME}-checks`,
    caption: 'Checks',
    whenEmpty: 'No gate was asked for.',
    rows: checks,
    columns: [
      { name: 'check', title: 'Check', kind: 'word', value: ({ title }) => title },
      { name: 'gate', title: 'Gate', kind: 'word', value: ({ gate }) => gate },
      { name: 'observed', title: 'Found', kind: 'number', value: ({ observed }) => observed },
      { name: 'limit', title: 'Limit', kind: 'word', value: ({ relation, limit }) => (limit === null ? null : `${relation} ${limit}`) },
      { name: 'state', title: 'State', kind: 'state', value: ({ state }) => state },
      { name: 'metric', title: 'Metric', kind: 'word', value: ({ metric }) => metric },
    ],
  });
}

function queriesTable({ correctness_gate: { summary } }: GateReport): Table {
  return makeTable({
    name: `${NAME}-queries`,
    caption: 'Queries',
    whenEmpty: 'No query was run.',
    rows: summary?.per_query ?? [],
    rowsShown: 100,
    columns: [
      { name: 'query_id', title: 'Query', kind: 'name', value: ({ query_id }) => query_id },
      { name: 'query', title: 'Text', kind: 'name', value: ({ query }) => query },
      { name: 'recall_at_k', title: `Recall@${summary?.k ?? 'k'}`, kind: 'number', value: ({ recall_at_k }) => recall_at_k },
      {
        name: 'first_relevant_hit',
        title: 'First relevant',
        kind: 'word',
        labels: { true: 'yes', false: 'no' },
        value: ({ first_relevant_hit }) => first_relevant_hit,
      },
      {
        name: 'expected_top1_hit',
        title: 'Expected first',
        kind: 'word',
        labels: { true: 'yes', false: 'no' },
        value: ({ expected_top1_hit }) => expected_top1_hit,
      },
      { name: 'first', title: 'Found first', kind: 'name', value: ({ retrieved }) => retrieved[0] ?? null },
      { name: 'error', title: 'Error', kind: 'name', value: ({ error }) => error },
    ],
  });
}
