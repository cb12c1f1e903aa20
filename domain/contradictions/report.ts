import type { ContradictionReport, GoldCalibration } from '../../schemas/contradiction-report.ts';
import { SMALL_SAMPLE, wilsonInterval } from '../stats/wilson.ts';
import { headlineOf } from './headline.ts';
import { hotPages } from './hot-pages.ts';
import { JUDGE_PROMPT_HASH, JUDGE_PROMPT_VERSION } from './judge-prompt.ts';
import type { JudgedPair } from './pair-outcome.ts';
import { selectFindings } from './review.ts';
import { errorTally, verdictTally, type EntityTally, type QueryTally } from './tally.ts';
import { tierBreakdown } from './tier-breakdown.ts';
import { truncationPolicy } from './truncate.ts';

/** What a run came to, and what it was made with. */
export interface ReportFrame extends Pick<
  ContradictionReport,
  | 'run_id'
  | 'judge_model'
  | 'judge_snapshot'
  | 'top_k'
  | 'sampling'
  | 'cost_usd'
  | 'duration_ms'
  | 'malformed_queries'
  | 'usage'
  | 'dataset'
  | 'started_at'
  | 'finished_at'
  | 'notices'
> {
  readonly maxPairChars: number;
  readonly queries: readonly QueryTally[];
  readonly entities: EntityTally | null;
  readonly gold: GoldCalibration | null;
  /** Every pair of queries and of the whole collection; labelled ones are not among them. */
  readonly pairs: readonly JudgedPair[];
  /** True where the cap forbade to search a query or to judge a pair, labelled ones included. */
  readonly isOverBudget: boolean;
}

/** The report of a run. Where the judge gave errors alone, nothing is known: there is no headline and no interval. */
export function assembleReport({ maxPairChars, queries, entities, gold, pairs, isOverBudget, ...frame }: ReportFrame): ContradictionReport {
  const verdicts = verdictTally(pairs);
  const errors = errorTally(pairs);
  const verdictCount = Object.values(verdicts).reduce((sum, count) => sum + count, 0);
  const isFailed = verdictCount === 0 && errors.total > 0;
  const inState = (state: QueryTally['state']): number => queries.filter((query) => query.state === state).length;
  const judged = queries.filter(({ state }) => state === 'judged');
  const contradicted = judged.filter(({ contradictions }) => contradictions.some(({ verdict }) => verdict === 'contradiction')).length;
  const interval = wilsonInterval(contradicted, judged.length);
  const all = { per_query: [...queries], entities };
  const findings = selectFindings(all);
  const hits = pairs.filter(({ isCacheHit }) => isCacheHit).length;
  const misses = pairs.filter(({ isCacheHit, outcome }) => !isCacheHit && outcome !== null).length;
  return {
    schema_version: 1,
    run_status: isFailed ? 'judge_failed' : isOverBudget ? 'over_budget' : 'ok',
    ...frame,
    prompt_version: JUDGE_PROMPT_VERSION,
    prompt_hash: JUDGE_PROMPT_HASH,
    truncation_policy: truncationPolicy(maxPairChars),
    queries_evaluated: judged.length + inState('judge_failed'),
    queries_with_contradiction: contradicted,
    queries_with_any_finding: judged.filter(({ contradictions }) => contradictions.length > 0).length,
    total_contradictions_flagged: findings.length,
    verdict_breakdown: verdicts,
    calibration: {
      queries_total: judged.length,
      queries_judged_clean: judged.length - contradicted,
      queries_with_contradiction: contradicted,
      wilson_ci_95: isFailed ? null : interval,
      ...(judged.length < SMALL_SAMPLE ? { small_sample_note: `fewer than ${SMALL_SAMPLE} queries: the interval is wide` } : {}),
    },
    headline: isFailed ? null : headlineOf(contradicted, judged.length, interval),
    judge_errors: errors,
    cache: { hits, misses, hit_rate: hits + misses === 0 ? 0 : hits / (hits + misses) },
    source_tier_breakdown: tierBreakdown(pairs.map(({ pair }) => pair)),
    ...all,
    hot_pages: hotPages(findings),
    gold,
    queries_not_evaluated: inState('not_evaluated'),
    queries_errored: inState('errored'),
    queries_judge_failed: inState('judge_failed'),
  };
}
