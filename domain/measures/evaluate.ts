import { groupQueries, type AveragingRules, type QueryGroups } from './averaging.ts';
import { firstKeys } from './compare-lists.ts';
import { judgeRanking, type JudgingRules } from './judged-ranking.ts';
import type { Measure } from './measure-family.ts';
import type { Qrels } from './qrels/qrels.ts';
import { rankedKeys, type RankedDocs } from './trec/ranked-docs.ts';

/** Rankings by query: documents best first. */
export type Rankings = ReadonlyMap<string, readonly string[] | RankedDocs>;

export interface EvaluationRules extends JudgingRules, AveragingRules {}

/** The values of a query, in the order of the measures; null where it has no such value. */
export interface QueryValues {
  readonly id: string;
  readonly values: readonly (number | null)[];
}

/** What rankings come to. `values` are over the queries that count, in the order of the measures; null when no query has a value. */
export interface Evaluation extends QueryGroups {
  readonly measures: readonly Measure[];
  readonly values: readonly (number | null)[];
  readonly perQuery: readonly QueryValues[];
}

/** Measures rankings by judgments. A document that stands twice in a ranking counts at its first place. */
export function evaluateRankings(qrels: Qrels, rankings: Rankings, measures: readonly Measure[], rules: EvaluationRules): Evaluation {
  const groups = groupQueries(qrels, rankings.keys(), rules.relevanceLevel, rules);
  const counted = new Set(groups.counted);
  const perQuery = qrels.queries
    .filter(({ id }) => counted.has(id))
    .map((query): QueryValues => {
      const ranking = judgeRanking(toRanked(rankings.get(query.id) ?? []), query, rules);
      return { id: query.id, values: measures.map(({ family, parameter }) => family.compute(ranking, parameter ?? undefined)) };
    });
  return { ...groups, measures, perQuery, values: measures.map((measure, at) => summarize(measure, perQuery, at)) };
}

function toRanked(given: readonly string[] | RankedDocs): RankedDocs {
  return 'keyAt' in given ? given : rankedKeys(firstKeys(given));
}

/** Smaller values count as this in a geometric mean, which one 0 would bring to 0. */
const LEAST = 0.00001;

function summarize({ family }: Measure, perQuery: readonly QueryValues[], at: number): number | null {
  const values = perQuery.flatMap((query) => query.values[at] ?? []);
  if (values.length === 0) return null;
  const sum = (terms: readonly number[]): number => terms.reduce((total, value) => total + value, 0);
  if (family.summary === 'sum') return sum(values);
  if (family.summary === 'mean') return sum(values) / values.length;
  return Math.exp(sum(values.map((value) => Math.log(Math.max(value, LEAST)))) / values.length);
}
