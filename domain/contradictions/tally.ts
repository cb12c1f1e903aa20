import type { ContradictionFinding, ContradictionReport, PairErrors, VerdictBreakdown } from '../../schemas/contradiction-report.ts';
import { CONTRADICTION_VERDICTS, PAIR_ERRORS } from '../../schemas/vocabulary.ts';
import { findingOf } from './finding.ts';
import type { JudgedPair } from './pair-outcome.ts';

/** What one query came to, as the report has it. */
export type QueryTally = ContradictionReport['per_query'][number];
/** What the pairs of the whole collection came to. */
export type EntityTally = NonNullable<ContradictionReport['entities']>;

/** A query with what its search and its pairs came to. */
export interface SettledQuery {
  readonly query: string;
  readonly state: 'found' | 'errored' | 'not_evaluated';
  readonly result_count: number;
  readonly pairs_skipped_by_date: number;
  readonly pairs: readonly JudgedPair[];
}

/** Counts a query: clean is only one that a verdict came for, or that had nothing to judge. */
export function settleQuery({ query, state, result_count, pairs_skipped_by_date, pairs }: SettledQuery): QueryTally {
  return {
    query,
    state: stateOf(state, pairs),
    result_count,
    contradictions: findingsOf(pairs),
    pairs_skipped_by_date,
    ...countPairs(pairs),
  };
}

function stateOf(state: SettledQuery['state'], pairs: readonly JudgedPair[]): QueryTally['state'] {
  if (state !== 'found') return state;
  if (pairs.some(({ outcome }) => outcome === null)) return 'not_evaluated';
  return pairs.length > 0 && pairs.every(({ outcome }) => outcome?.state === 'error') ? 'judge_failed' : 'judged';
}

/** Counts the pairs of the whole collection. */
export function settleEntities(
  counts: Pick<EntityTally, 'passages' | 'pairs_found' | 'pairs_skipped_by_date'>,
  pairs: readonly (JudgedPair & { readonly entity: string; readonly attribute: string })[],
): EntityTally {
  return {
    ...counts,
    ...countPairs(pairs),
    pairs_not_judged: pairs.filter(({ outcome }) => outcome === null).length,
    contradictions: pairs.flatMap((judged) =>
      findingsOf([judged]).map((finding) => ({ ...finding, entity: judged.entity, attribute: judged.attribute })),
    ),
  };
}

/** How many pairs got each verdict. */
export function verdictTally(pairs: readonly JudgedPair[]): VerdictBreakdown {
  return Object.fromEntries(
    CONTRADICTION_VERDICTS.map((verdict) => [
      verdict,
      pairs.filter(({ outcome }) => outcome?.state === 'judged' && outcome.verdict.verdict === verdict).length,
    ]),
  ) as VerdictBreakdown;
}

/** Why pairs have no verdict. What the cap forbade is no error of the judge. */
export function errorTally(pairs: readonly JudgedPair[]): PairErrors {
  const errors = pairs.flatMap(({ outcome }) => (outcome?.state === 'error' ? [outcome.error] : []));
  const counts = Object.fromEntries(PAIR_ERRORS.map((error) => [error, errors.filter((each) => each === error).length]));
  const note =
    errors.length === 0
      ? 'every pair that was put to the judge got a verdict'
      : 'pairs without a verdict count neither as clean nor as a contradiction';
  return { ...(counts as Omit<PairErrors, 'total' | 'note'>), total: errors.length, note };
}

function findingsOf(pairs: readonly JudgedPair[]): ContradictionFinding[] {
  return pairs.flatMap(({ pair, outcome }) => (outcome?.state === 'judged' ? (findingOf(pair, outcome.verdict) ?? []) : []));
}

function countPairs(pairs: readonly JudgedPair[]): Pick<QueryTally, 'pairs_cache_hit' | 'pairs_judged' | 'pairs_errored'> {
  return {
    pairs_cache_hit: pairs.filter(({ isCacheHit }) => isCacheHit).length,
    pairs_judged: pairs.filter(({ outcome }) => outcome?.state === 'judged').length,
    pairs_errored: pairs.filter(({ outcome }) => outcome?.state === 'error').length,
  };
}
