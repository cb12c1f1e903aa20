import { mean } from '../stats/variance.ts';
import { firstKeys } from './compare-lists.ts';
import type { JudgedQuery } from './qrels/qrels.ts';

/** What a search engine gave for a query: keys best first, passages of one page beside each other as they came; or why it gave nothing. */
export type GivenAnswer = { readonly keys: readonly string[] } | { readonly error: string };

/** One query of {@link QrelsScore}; the numbers are null when it errored. */
export interface ScoredQuery {
  readonly query_id: string;
  readonly query: string | null;
  readonly recall_at_k: number | null;
  readonly first_relevant_hit: boolean | null;
  /** Null also where the file expects none. */
  readonly expected_top1_hit: boolean | null;
  readonly retrieved: readonly string[];
  readonly error: string | null;
}

/** How right the answers are. Means and rates are over the queries that ran, null without any; `_strict` counts those that errored as 0. */
export interface QrelsScore {
  readonly queries_total: number;
  readonly queries_run: number;
  readonly queries_errored: number;
  readonly mean_recall_at_k: number | null;
  readonly mean_recall_at_k_strict: number | null;
  readonly first_relevant_hit_rate: number | null;
  readonly expected_top1_hit_rate: number | null;
  readonly expected_top1_denominator: number;
  readonly per_query: readonly ScoredQuery[];
}

/**
 * Scores answers by what is known to be right, `answers` in the order of `queries`. A page counts once, at its first place, and before the list is cut
 * to `k`; it is relevant with a grade of at least 1. Recall is over all relevant pages, so it may not reach 1 where there are more than `k`.
 */
export function scoreQrels(queries: readonly JudgedQuery[], answers: readonly GivenAnswer[], k: number): QrelsScore {
  const perQuery = queries.map((query, index) => scoreQuery(query, answers[index] ?? { error: 'not answered' }, k));
  const recalls = perQuery.flatMap(({ recall_at_k }) => (recall_at_k === null ? [] : [recall_at_k]));
  const firsts = perQuery.flatMap(({ first_relevant_hit }) => (first_relevant_hit === null ? [] : [Number(first_relevant_hit)]));
  const tops = perQuery.flatMap(({ expected_top1_hit }) => (expected_top1_hit === null ? [] : [Number(expected_top1_hit)]));
  return {
    queries_total: queries.length,
    queries_run: recalls.length,
    queries_errored: queries.length - recalls.length,
    mean_recall_at_k: meanOrNull(recalls),
    mean_recall_at_k_strict: queries.length === 0 ? null : sum(recalls) / queries.length,
    first_relevant_hit_rate: meanOrNull(firsts),
    expected_top1_hit_rate: meanOrNull(tops),
    expected_top1_denominator: tops.length,
    per_query: perQuery,
  };
}

function scoreQuery({ id, query, grades, expectedTop1 }: JudgedQuery, answer: GivenAnswer, k: number): ScoredQuery {
  const named = { query_id: id, query };
  if ('error' in answer) {
    return { ...named, recall_at_k: null, first_relevant_hit: null, expected_top1_hit: null, retrieved: [], error: answer.error };
  }
  const retrieved = firstKeys(answer.keys, k);
  const isRelevant = (key: string): boolean => (grades.get(key) ?? 0) >= 1;
  const relevant = [...grades.values()].filter((grade) => grade >= 1).length;
  const top = retrieved[0];
  return {
    ...named,
    recall_at_k: relevant === 0 ? 0 : retrieved.filter(isRelevant).length / relevant,
    first_relevant_hit: top !== undefined && isRelevant(top),
    expected_top1_hit: expectedTop1 === null ? null : top === expectedTop1,
    retrieved,
    error: null,
  };
}

function meanOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
