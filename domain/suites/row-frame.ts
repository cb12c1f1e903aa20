import type { EvalQuestionRow } from '../../schemas/eval-question-row.ts';

/** What all rows of a cell share. */
export interface RowFrame {
  readonly run_uid: string;
  readonly arm: string;
  readonly attempt: number;
  readonly config_hash: string;
  readonly dataset_hash: string | null;
  /** US dollars for a million tokens that the model behind the search reads. */
  readonly inputPerMillion: number;
}

/** What a question came to, whichever suite it is of. */
export interface QuestionFacts extends Pick<
  EvalQuestionRow,
  | 'question_id'
  | 'question'
  | 'question_type'
  | 'clusters'
  | 'outcome'
  | 'metrics'
  | 'retrieved'
  | 'prompt_hash'
  | 'model_snapshot'
  | 'usage'
  | 'cost_usd'
  | 'latency_ms'
  | 'error'
> {
  readonly degraded: readonly string[];
  readonly knob_hash: string | null;
  readonly corpus_hash: string | null;
  /** Tokens of the passages that were handed over; null where there was no answer. */
  readonly tokens: number | null;
}

/** A row as run-all writes it: with what its search says of itself. */
export type SuiteRow = EvalQuestionRow & {
  readonly degraded: readonly string[];
  readonly knob_hash: string | null;
  readonly corpus_hash: string | null;
};

/**
 * The row of a question. What a query costs is what was settled for it and, estimated, what the model behind the search pays to read the passages.
 * Only `run_uid` and `latency_ms` differ between two runs of the same; they stand last.
 */
export function frameRow(facts: QuestionFacts, frame: RowFrame): SuiteRow {
  const { tokens, cost_usd } = facts;
  const isAnswered = tokens !== null;
  return {
    schema_version: 1,
    arm: frame.arm,
    question_id: facts.question_id,
    attempt: frame.attempt,
    question: facts.question,
    question_type: facts.question_type,
    clusters: facts.clusters,
    outcome: facts.outcome,
    metrics: {
      ...facts.metrics,
      tokens,
      cost_per_query_usd: isAnswered ? (cost_usd ?? 0) + (tokens * frame.inputPerMillion) / 1_000_000 : null,
    },
    retrieved: facts.retrieved,
    degraded: facts.degraded,
    config_hash: frame.config_hash,
    dataset_hash: frame.dataset_hash,
    knob_hash: facts.knob_hash,
    corpus_hash: facts.corpus_hash,
    prompt_hash: facts.prompt_hash,
    model_snapshot: facts.model_snapshot,
    usage: facts.usage,
    cost_usd,
    error: facts.error,
    run_uid: frame.run_uid,
    latency_ms: facts.latency_ms,
  };
}

/** A row's line without what no two runs share, so that two runs of the same give the same lines. */
export function comparableLine(line: string): string {
  const { run_uid: _uid, latency_ms: _latency, ...rest } = JSON.parse(line) as EvalQuestionRow;
  return JSON.stringify(rest);
}
