import type { JudgedQuery } from './qrels/qrels.ts';
import type { RankedDocs } from './trec/ranked-docs.ts';

/** How documents are ranked and judged before anything is counted. */
export interface JudgingRules {
  /** A document is relevant with this grade or a better one; at least 1. */
  readonly relevanceLevel: number;
  /** Documents without a judgment are taken out of the ranking first. */
  readonly isJudgedOnly: boolean;
  /** Only so many documents of each query are looked at. */
  readonly mostDocs: number | null;
}

/** A ranking in which each document stands once, with what is known of its documents. */
export interface JudgedRanking {
  /** Grade at each place, best first; null where the document is not judged. */
  readonly grades: readonly (number | null)[];
  readonly relevanceLevel: number;
  /** Places of relevant documents, counted from 1, ascending. */
  readonly hits: readonly number[];
  /** Relevant documents of the query, found or not. */
  readonly relevant: number;
  /** Documents judged with a grade from 0 to below the level of relevance, found or not. */
  readonly nonRelevant: number;
  /** Positive grades of all judged documents of the query, descending: the ideal ranking. */
  readonly ideal: readonly number[];
  /** Whether the first document is the expected one; null where the query expects none. */
  readonly isExpectedFirst: boolean | null;
}

/** Judges `docs`. The cut to the first documents comes before those without a judgment are taken out. */
export function judgeRanking(docs: RankedDocs, query: JudgedQuery, rules: JudgingRules): JudgedRanking {
  const { relevanceLevel, isJudgedOnly, mostDocs } = rules;
  const found = docs.gradesIn(query.grades);
  const looked = mostDocs === null || found.length <= mostDocs ? found : found.slice(0, mostDocs);
  const grades = isJudgedOnly ? looked.filter((grade) => grade !== null) : looked;
  const judged = [...query.grades.values()];
  const hits: number[] = [];
  for (const [place, grade] of grades.entries()) if (grade !== null && grade >= relevanceLevel) hits.push(place + 1);
  return {
    grades,
    relevanceLevel,
    hits,
    relevant: judged.filter((grade) => grade >= relevanceLevel).length,
    nonRelevant: judged.filter((grade) => grade >= 0 && grade < relevanceLevel).length,
    ideal: judged.filter((grade) => grade > 0).sort((left, right) => right - left),
    isExpectedFirst: query.expectedTop1 === null ? null : firstOf(docs, looked, isJudgedOnly) === query.expectedTop1,
  };
}

function firstOf(docs: RankedDocs, grades: readonly (number | null)[], isJudgedOnly: boolean): string | undefined {
  return docs.keyAt(isJudgedOnly ? grades.findIndex((grade) => grade !== null) : 0);
}
