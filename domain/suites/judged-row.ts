import type { EvalQuestionRow } from '../../schemas/eval-question-row.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';
import { evaluateRankings, isMeasure, parseMeasure, type Measure } from '../measures/index.ts';
import { distinctPages } from './distinct-pages.ts';
import type { QuestionFacts } from './row-frame.ts';
import type { JudgedQuestion } from './suite-plan.ts';

/** What became of a search: its answer, or why there is none. */
export interface AskedQuestion {
  readonly outcome: EvalQuestionRow['outcome'];
  readonly response: SearchResponse | null;
  readonly error: string | null;
  /** Settled for this question; null where nothing was paid. */
  readonly costUsd: number | null;
}

/** Names of the measures of a judged question. */
export const JUDGED_METRICS = ['recall@10', 'precision@10', 'ndcg@10', 'mrr', 'map', 'hit@1'] as const;

const MEASURES = JUDGED_METRICS.map((name) => parseMeasure(name)).filter((parsed): parsed is Measure => isMeasure(parsed));

/** A judged question measured by all that was found for it. One without an answer counts as a miss; one that could not be paid for has no measures. */
export function judgedRow(question: JudgedQuestion, asked: AskedQuestion): QuestionFacts {
  const { question_id, clusters, question: text } = question;
  const { response, outcome } = asked;
  const retrieved = distinctPages(response?.results ?? []);
  return {
    question_id,
    question: text,
    question_type: null,
    clusters: [...clusters],
    outcome,
    metrics:
      outcome === 'skipped_budget'
        ? NOT_MEASURED
        : measure(
            question,
            retrieved.map(({ key }) => key),
          ),
    retrieved,
    ...factsOf(asked),
  };
}

/** What a search says of itself, for the row of its question. */
export function factsOf({
  response,
  error,
  costUsd,
}: AskedQuestion): Omit<QuestionFacts, 'question_id' | 'question' | 'question_type' | 'clusters' | 'outcome' | 'metrics' | 'retrieved'> {
  const meta = response?.meta;
  return {
    prompt_hash: null,
    model_snapshot: null,
    usage: null,
    cost_usd: costUsd,
    latency_ms: meta?.latency_ms ?? null,
    error,
    degraded: meta?.degraded ?? [],
    knob_hash: response?.knob_hash ?? null,
    corpus_hash: meta?.corpus_hash ?? null,
    tokens: meta?.budget.used ?? null,
  };
}

const NOT_MEASURED: Readonly<Record<string, null>> = Object.fromEntries(JUDGED_METRICS.map((name) => [name, null]));

const RULES = { relevanceLevel: 1, isJudgedOnly: false, mostDocs: null, isComplete: true, countsHopeless: false } as const;

function measure({ question_id: id, question, grades }: JudgedQuestion, ranking: readonly string[]): Record<string, number | null> {
  const query = { id, query: question, label: null, embeddingDim: null, grades: new Map(grades), expectedTop1: null };
  const qrels = { form: 'beir', queries: [query] } as const;
  // A question without a relevant page has no measures: there is nothing to find.
  const values = evaluateRankings(qrels, new Map([[id, ranking]]), MEASURES, RULES).perQuery[0]?.values ?? [];
  return Object.fromEntries(JUDGED_METRICS.map((name, at) => [name, values[at] ?? null]));
}
