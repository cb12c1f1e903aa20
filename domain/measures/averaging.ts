import type { Qrels } from './qrels/qrels.ts';

/** Which queries count. */
export interface AveragingRules {
  /** True: every judged query counts, with 0 where nothing was given for it. False: only those that something was given for. */
  readonly isComplete: boolean;
  /** True: a query without a relevant document counts with 0. False: it is left out of means. */
  readonly countsHopeless: boolean;
}

/** Ids of queries, sorted into what they count as. */
export interface QueryGroups {
  /** Those that count, in the order of the judgments. */
  readonly counted: readonly string[];
  /** Judged, and nothing was given for them. */
  readonly missing: readonly string[];
  /** Judged, and no document is relevant. */
  readonly zeroRelevant: readonly string[];
  /** Something was given for them, and no document is judged. */
  readonly unjudged: readonly string[];
}

/** Sorts the queries of judgments and of rankings (`given`) into what they count as. */
export function groupQueries(qrels: Qrels, given: Iterable<string>, relevanceLevel: number, rules: AveragingRules): QueryGroups {
  const givenIds = new Set(given);
  const judgedIds = new Set(qrels.queries.map(({ id }) => id));
  const hopeless = new Set(
    qrels.queries.filter(({ grades }) => ![...grades.values()].some((grade) => grade >= relevanceLevel)).map(({ id }) => id),
  );
  const ids = [...judgedIds];
  return {
    counted: ids.filter((id) => (rules.isComplete || givenIds.has(id)) && (rules.countsHopeless || !hopeless.has(id))),
    missing: ids.filter((id) => !givenIds.has(id)),
    zeroRelevant: [...hopeless],
    unjudged: [...givenIds].filter((id) => !judgedIds.has(id)),
  };
}
