import type { JudgedQuery } from './qrels/qrels.ts';

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

/** Judges `docs`, best first and each once. The cut to the first documents comes before those without a judgment are taken out. */
export function judgeRanking(docs: readonly string[], query: JudgedQuery, rules: JudgingRules): JudgedRanking {
  const { relevanceLevel, isJudgedOnly, mostDocs } = rules;
  const looked = mostDocs === null || docs.length <= mostDocs ? docs : docs.slice(0, mostDocs);
  const ranked = isJudgedOnly ? looked.filter((doc) => query.grades.has(doc)) : looked;
  const grades = ranked.map((doc) => query.grades.get(doc) ?? null);
  const judged = [...query.grades.values()];
  return {
    grades,
    relevanceLevel,
    hits: grades.flatMap((grade, place) => (grade !== null && grade >= relevanceLevel ? [place + 1] : [])),
    relevant: judged.filter((grade) => grade >= relevanceLevel).length,
    nonRelevant: judged.filter((grade) => grade >= 0 && grade < relevanceLevel).length,
    ideal: judged.filter((grade) => grade > 0).sort((left, right) => right - left),
    isExpectedFirst: query.expectedTop1 === null ? null : ranked[0] === query.expectedTop1,
  };
}
