import type { LongMemEvalQuestion } from '../../schemas/longmemeval-question.ts';
import type { LongMemEvalErrorRow, LongMemEvalRow } from '../../schemas/longmemeval-rows.ts';
import type { SearchHit, SearchResponse } from '../../schemas/search-response.ts';
import type { LongMemEvalOutcome } from '../../schemas/vocabulary.ts';
import type { Haystack } from './haystack.ts';
import { distinct, isAbstention, scoreSessions } from './score-sessions.ts';

/** The fields of a row that a reader and a judge fill. */
export type AnswerFields = Pick<
  LongMemEvalRow,
  Extract<keyof LongMemEvalRow, `reader_${string}` | `judge_${string}`> | 'hypothesis' | 'prompt_hash' | 'usage' | 'cost_usd'
>;

/** Without an answer. */
export const NO_ANSWER: AnswerFields = {
  hypothesis: '',
  prompt_hash: null,
  reader_model: null,
  reader_model_snapshot: null,
  reader_mode: null,
  reader_prompt_version: null,
  reader_prompt_sha: null,
  reader_max_tokens: null,
  reader_config_hash: null,
  reader_finish_reason: null,
  reader_context_chars: null,
  reader_context_sessions: null,
  reader_sessions_truncated: null,
  judge_correct: null,
  judge_error: null,
  judge_skipped: null,
  judge_model: null,
  judge_model_snapshot: null,
  judge_raw: null,
  judge_cost_usd: null,
  judge_attempts: null,
  judge_prompt_version: null,
  judge_config_hash: null,
  usage: null,
  cost_usd: null,
};

export interface DoneQuestion {
  readonly question: LongMemEvalQuestion;
  readonly haystack: Haystack;
  readonly response: SearchResponse;
  readonly depths: readonly number[];
  readonly answer: AnswerFields;
  readonly retrievalConfigHash: string;
  readonly datasetHash: string;
  readonly latencyMs: number;
}

/** The row of a question that was done. Ids are mapped back to those of the dataset, of which nothing was sent anywhere. */
export function writeRow({ question, haystack, response, depths, answer, ...made }: DoneQuestion): LongMemEvalRow {
  const { question_id: id, answer_session_ids: gold } = question;
  const hits = response.results.filter(({ slug }) => haystack.rawIds.has(slug));
  const rawIdOf = ({ slug }: SearchHit): string => haystack.rawIds.get(slug)!;
  const ranked = distinct(hits.map(rawIdOf));
  const score = scoreSessions(ranked, gold, depths);
  const present = new Set(haystack.rawIds.values());
  const { vector_enabled, expansion_applied, degraded, reranked, budget } = response.meta;
  return {
    question_id: id,
    question: question.question,
    question_type: question.question_type,
    answer: question.answer ?? null,
    ...answer,
    outcome: outcomeOf(id, hits, haystack),
    abstention: isAbstention(id),
    retrieved_session_ids: ranked,
    recall_hit: score?.hit ?? null,
    recall_all_hit: score?.all ?? null,
    recall_any_hit: score?.any ?? null,
    recall_fraction: score?.fraction ?? null,
    gold_total: score?.goldTotal ?? 0,
    gold_found: score?.goldFound ?? 0,
    answer_session_ids: gold,
    gold_missing_from_haystack: distinct(gold).filter((raw) => !present.has(raw)),
    duplicate_sessions: [...haystack.duplicates],
    retrieved: hits.map((hit) => ({
      slug: hit.slug,
      chunk_id: hit.chunk_id,
      session_id: rawIdOf(hit),
      rank: hit.rank,
      score: hit.score,
    })),
    distinct_sessions_in_top_k: ranked.length,
    mode: response.mode,
    intent: response.intent,
    search_meta: { vector_enabled, expansion_applied, degraded, reranked, tokens: budget.used, knob_hash: response.knob_hash },
    retrieval_config_hash: made.retrievalConfigHash,
    dataset_hash: made.datasetHash,
    latency_ms: made.latencyMs,
    trajectory_points: 0,
    entity_resolved: null,
    resolution_source: null,
    methodology_note: 'lauter-no-extractor-v1',
  };
}

/** The row of a question that could not be done. */
export function writeErrorRow(
  { question_id, question, question_type }: Pick<LongMemEvalQuestion, 'question_id' | 'question' | 'question_type'>,
  outcome: LongMemEvalOutcome,
  error: string,
): LongMemEvalErrorRow {
  return { question_id, question, question_type, hypothesis: '', error, outcome };
}

/** An engine that finds nothing in sessions that are there has failed. */
function outcomeOf(id: string, hits: readonly SearchHit[], { pages }: Haystack): LongMemEvalOutcome {
  if (isAbstention(id)) return 'abstention';
  return hits.length === 0 && pages.length > 0 ? 'system_failure' : 'scored';
}
