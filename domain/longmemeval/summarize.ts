import type { LongMemEvalReadRow } from '../../schemas/longmemeval-rows.ts';
import type { LongMemEvalSummary, RecallOfType } from '../../schemas/longmemeval-summary.ts';
import { LONGMEMEVAL_OUTCOMES, type LongMemEvalOutcome } from '../../schemas/vocabulary.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { countValues, NONE } from './resume.ts';
import { rowFacts, type RowFacts } from './row-facts.ts';

/** The last line of a hypothesis file, from all its rows. Recall is over everything that was retrieved; abstention questions stand apart. */
export function summarizeByType(rows: readonly LongMemEvalReadRow[], withAbstention: boolean): LongMemEvalSummary {
  const facts = rows.map((row) => rowFacts(row, []));
  const asked = facts.filter((fact) => !fact.isAbstention);
  const abstaining = facts.filter((fact) => fact.isAbstention);
  const types = [...new Set(asked.map(({ type }) => type))].sort(compareCodePoints);
  const distinctCounts = rows.flatMap(({ distinct_sessions_in_top_k: count }) => (typeof count === 'number' ? [count] : []));
  const judged = accuracyOf(facts);
  return {
    schema_version: 1,
    kind: 'by_type_summary',
    recall_by_type: Object.fromEntries(types.map((type) => [type, recallOf(asked.filter((fact) => fact.type === type))])),
    aggregate: recallOf(asked),
    excluded_abstention: abstaining.length,
    ...(withAbstention ? { abstention: recallOf(abstaining) } : {}),
    mean_distinct_sessions: ratio(sumOf(distinctCounts), distinctCounts.length),
    run_config: runConfigOf(rows),
    ...(judged === null ? {} : { qa_accuracy: judged }),
  };
}

/** How many rows came to what; all six, zeros included. */
export function countOutcomes(facts: readonly Pick<RowFacts, 'outcome'>[]): Record<LongMemEvalOutcome, number> {
  const of = (outcome: LongMemEvalOutcome): number => facts.filter((fact) => fact.outcome === outcome).length;
  return Object.fromEntries(LONGMEMEVAL_OUTCOMES.map((outcome) => [outcome, of(outcome)])) as Record<LongMemEvalOutcome, number>;
}

/** Answers that a judge found right, of all that were to be given: one that failed, or that was not judged, is not right. Null where nothing was judged. */
export function accuracyOf(facts: readonly RowFacts[]): { correct: number; total: number; rate: number | null } | null {
  if (facts.every(({ isCorrect }) => isCorrect === null)) return null;
  const asked = facts.filter(({ outcome }) => outcome !== 'skipped_budget' && outcome !== 'malformed');
  const correct = asked.filter(({ isCorrect }) => isCorrect === true).length;
  return { correct, total: asked.length, rate: ratio(correct, asked.length) };
}

function recallOf(facts: readonly RowFacts[]): RecallOfType {
  const counted = facts.filter(({ counts }) => counts);
  const total = counted.length;
  const any = counted.filter(({ score }) => score?.hit === true).length;
  const all = counted.filter(({ score }) => score !== null && score.goldFound === score.goldTotal).length;
  const fractions = counted.map(({ score }) => (score === null ? 0 : score.goldFound / score.goldTotal));
  return {
    hit: any,
    total,
    rate: ratio(any, total),
    all_hit: all,
    all_rate: ratio(all, total),
    any_hit: any,
    any_rate: ratio(any, total),
    mean_fraction: ratio(sumOf(fractions), total),
    errors: facts.filter(({ isError }) => isError).length,
  };
}

const CONFIG_HASHES = ['retrieval_config_hash', 'dataset_hash', 'reader_config_hash', 'judge_config_hash'] as const;

function runConfigOf(rows: readonly LongMemEvalReadRow[]): LongMemEvalSummary['run_config'] {
  const found = CONFIG_HASHES.map((name) => [name, countValues(rows.flatMap((row) => hashesOf(row, name)))] as const);
  const mixed = found.filter(([, counts]) => Object.keys(counts).length > 1);
  const first = found.map(([name, counts]) => [name, Object.keys(counts).find((hash) => hash !== NONE) ?? null] as const);
  return {
    ...(Object.fromEntries(first) as Record<(typeof CONFIG_HASHES)[number], string | null>),
    ...(mixed.length === 0 ? {} : { mixed: Object.fromEntries(mixed) }),
  };
}

/** A row that failed, or that another program wrote, does not say what it was made with. */
function hashesOf(row: LongMemEvalReadRow, name: (typeof CONFIG_HASHES)[number]): string[] {
  const hash = row[name];
  return hash === undefined ? [] : [hash ?? NONE];
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
