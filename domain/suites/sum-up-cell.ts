import type { EvalRecord } from '../../schemas/eval-record.ts';
import { LONGMEMEVAL_OUTCOMES } from '../../schemas/vocabulary.ts';
import { lacksStage } from '../gate/index.ts';
import { percentile } from '../stats/percentile.ts';
import type { SuiteRow } from './row-frame.ts';

/** What is asked of the rows of a cell before they count. */
export interface CellRules {
  /** False: a row that ran without a stage that was asked for makes the cell a failed one. */
  readonly allowsDegraded: boolean;
  readonly isVectorAsked: boolean;
}

/** What the rows of a cell come to, as far as its record tells it. */
export type CellSum = Pick<
  EvalRecord,
  'status' | 'error' | 'metrics' | 'counts' | 'degraded' | 'usage' | 'cost_usd' | 'knob_hash' | 'corpus_hash'
>;

/** Share of harness errors above which nothing can be said. */
const MOST_HARNESS_ERRORS = 0.1;

/** Means over the questions that have a value, counts of all six outcomes, and whether the cell counts. */
export function sumUpCell(rows: readonly SuiteRow[], rules: CellRules): CellSum {
  const counts = Object.fromEntries(
    LONGMEMEVAL_OUTCOMES.map((outcome) => [outcome, rows.filter((row) => row.outcome === outcome).length]),
  ) as Record<SuiteRow['outcome'], number>;
  const error = findFault(rows, counts, rules);
  return {
    status: error !== null ? 'failed' : counts.skipped_budget > 0 ? 'over_budget' : 'completed',
    error: error ?? (counts.skipped_budget > 0 ? `${counts.skipped_budget} of ${rows.length} questions could not be paid for` : null),
    metrics: { ...meansOf(rows), ...latencyOf(rows) },
    counts,
    degraded: countStages(rows),
    usage: { input_tokens: sum(rows, ({ usage }) => usage?.input_tokens), output_tokens: sum(rows, ({ usage }) => usage?.output_tokens) },
    cost_usd: sum(rows, ({ cost_usd }) => cost_usd),
    knob_hash: onlyOne(rows.flatMap(({ knob_hash }) => knob_hash ?? [])),
    corpus_hash: onlyOne(rows.flatMap(({ corpus_hash }) => corpus_hash ?? [])),
  };
}

function findFault(
  rows: readonly SuiteRow[],
  { harness_error: harness, system_failure: system }: Readonly<Record<SuiteRow['outcome'], number>>,
  { allowsDegraded, isVectorAsked }: CellRules,
): string | null {
  if (rows.length === 0) return 'no question was asked';
  if (harness > MOST_HARNESS_ERRORS * rows.length) return `${harness} of ${rows.length} questions failed for a fault of ours`;
  if (harness + system === rows.length) return 'every question failed';
  const lacking = rows.filter(
    ({ degraded }) => lacksStage(degraded as never) || (isVectorAsked && degraded.includes('no_embedder')),
  ).length;
  if (allowsDegraded || lacking === 0) return null;
  return `${lacking} of ${rows.length} questions ran without a stage that was asked for; --allow-degraded accepts that`;
}

function meansOf(rows: readonly SuiteRow[]): Record<string, number | null> {
  const names = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))];
  return Object.fromEntries(
    names.map((name) => {
      const values = rows.flatMap(({ metrics }) => metrics[name] ?? []);
      return [name, values.length === 0 ? null : values.reduce((total, value) => total + value, 0) / values.length];
    }),
  );
}

function latencyOf(rows: readonly SuiteRow[]): Record<string, number | null> {
  const latencies = rows.flatMap(({ latency_ms }) => latency_ms ?? []);
  return Object.fromEntries([50, 95, 99].map((share) => [`p${share}_latency_ms`, percentile(latencies, share)]));
}

function countStages(rows: readonly SuiteRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const state of rows.flatMap(({ degraded }) => degraded)) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function sum(rows: readonly SuiteRow[], of: (row: SuiteRow) => number | null | undefined): number {
  return rows.reduce((total, row) => total + (of(row) ?? 0), 0);
}

/** What all say alike; null where they differ, or nobody says anything. */
function onlyOne<Value>(values: readonly Value[]): Value | null {
  const [first, ...others] = new Set(values);
  return first === undefined || others.length > 0 ? null : first;
}
