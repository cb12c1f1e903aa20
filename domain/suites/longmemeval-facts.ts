import type { EvalQuestionRow } from '../../schemas/eval-question-row.ts';
import type { LongMemEvalReadRow, LongMemEvalRow } from '../../schemas/longmemeval-rows.ts';
import { isAbstention, rankedMetrics } from '../longmemeval/index.ts';
import { distinctPages } from './distinct-pages.ts';
import type { QuestionFacts } from './row-frame.ts';

const DEPTHS = [1, 5, 10] as const;

/** Names of the measures of a question of LongMemEval that has gold. */
export const LONGMEMEVAL_METRICS = [
  ...DEPTHS.map((k) => `recall_all@${k}`),
  ...DEPTHS.map((k) => `recall_any@${k}`),
  ...DEPTHS.map((k) => `mean_fraction@${k}`),
  'recall@10',
  'ndcg@10',
  'mrr',
] as const;

/** What is wanted of a row beside the row itself. */
export interface LongMemEvalContext {
  /** Haystack sessions that other questions may share. */
  readonly clusters: readonly string[];
  readonly isJudged: boolean;
}

/**
 * A row of LongMemEval in the form that all suites share. A question that failed counts as a miss everywhere; one without gold, or that could not be
 * read or paid for, has no measures.
 */
export function longMemEvalFacts(read: LongMemEvalReadRow, { clusters, isJudged }: LongMemEvalContext): QuestionFacts {
  const row = read as LongMemEvalReadRow & Partial<LongMemEvalRow>;
  const outcome = outcomeOf(row);
  const meta = row.search_meta as { degraded?: string[]; knob_hash?: string; tokens?: number } | null | undefined;
  const text: unknown = row.question;
  return {
    question_id: row.question_id,
    question: typeof text === 'string' ? text : null,
    question_type: row.question_type ?? null,
    clusters: [...clusters],
    outcome,
    metrics: { ...measure(row, outcome), ...(isJudged ? { qa_correct: correctness(row, outcome) } : {}) },
    retrieved: distinctPages((row.retrieved ?? []).map(({ session_id, score }) => ({ key: session_id, score }))),
    prompt_hash: row.prompt_hash ?? null,
    model_snapshot: row.reader_model_snapshot ?? null,
    usage: usageOf(row),
    cost_usd: row.cost_usd ?? null,
    latency_ms: row.latency_ms ?? null,
    error: row.error ?? null,
    degraded: meta?.degraded ?? [],
    knob_hash: meta?.knob_hash ?? null,
    corpus_hash: null,
    tokens: meta?.tokens ?? null,
  };
}

type Row = LongMemEvalReadRow & Partial<LongMemEvalRow>;

function outcomeOf({ outcome, question_id, error }: Row): EvalQuestionRow['outcome'] {
  if (outcome !== undefined) return outcome;
  if (typeof error === 'string' && error !== '') return 'harness_error';
  return isAbstention(question_id) ? 'abstention' : 'scored';
}

function isMissed(outcome: EvalQuestionRow['outcome']): boolean {
  return outcome === 'system_failure' || outcome === 'harness_error';
}

function measure(row: Row, outcome: EvalQuestionRow['outcome']): Record<string, number | null> {
  const all = (value: number | null): Record<string, number | null> => Object.fromEntries(LONGMEMEVAL_METRICS.map((name) => [name, value]));
  if (isAbstention(row.question_id)) return all(null);
  const { recall_all_hit, recall_any_hit, recall_fraction, retrieved_session_ids: ranked, answer_session_ids: gold } = row;
  if (!recall_all_hit || !recall_any_hit || !recall_fraction || !ranked || !gold) return all(isMissed(outcome) ? 0 : null);
  const at = (name: string, values: Readonly<Record<string, boolean | number>>): [string, number | null][] =>
    DEPTHS.map((k) => [`${name}@${k}`, values[k] === undefined ? null : Number(values[k])]);
  const wanted = new Set(gold);
  const first = [...new Set(ranked)].findIndex((id) => wanted.has(id));
  return {
    ...Object.fromEntries([
      ...at('recall_all', recall_all_hit),
      ...at('recall_any', recall_any_hit),
      ...at('mean_fraction', recall_fraction),
    ]),
    'recall@10': recall_fraction['10'] ?? null,
    'ndcg@10': rankedMetrics(ranked, gold, 10).ndcg_any,
    mrr: first === -1 ? 0 : 1 / (first + 1),
  };
}

function correctness({ judge_correct: verdict }: Row, outcome: EvalQuestionRow['outcome']): number | null {
  if (verdict === true || verdict === false) return Number(verdict);
  return isMissed(outcome) ? 0 : null;
}

function usageOf({ usage }: Row): EvalQuestionRow['usage'] {
  return usage ? { input_tokens: usage.input_tokens ?? null, output_tokens: usage.output_tokens ?? null } : null;
}
