import type { SearchCall } from '../../schemas/search-call.ts';
import type { EmptyCause, SearchIntent } from '../../schemas/vocabulary.ts';

/** Mode under which searches without a result are counted a second time, by their cause. */
export const EMPTY_RESULT = 'empty_result';

const SOLID = 0.6;
const HIGH = 0.85;

/** Searches of one day, mode and intent; those without a result also by cause. */
export interface RolledUp {
  /** Of UTC. */
  readonly date: string;
  readonly mode: string;
  readonly intent: SearchIntent;
  /** Null in rows of modes. */
  readonly cause: EmptyCause | null;
  count: number;
  sum_results: number;
  sum_tokens: number;
  sum_budget_dropped: number;
  cache_hit: number;
  cache_miss: number;
  sum_rank1_score: number;
  count_rank1: number;
  rank1_lt_solid: number;
  rank1_solid: number;
  rank1_high: number;
}

/** Searches rolled up by day, mode and intent, in the order in which the first of each came. */
export function rollUpCalls(calls: Iterable<SearchCall>): RolledUp[] {
  const rows = new Map<string, RolledUp>();
  const rowOf = ({ ts, intent }: SearchCall, mode: string, cause: EmptyCause | null): RolledUp => {
    const date = ts.slice(0, 'YYYY-MM-DD'.length);
    const key = [date, mode, intent, cause].join('\n');
    const row = rows.get(key) ?? emptyRow(date, mode, intent, cause);
    rows.set(key, row);
    return row;
  };
  for (const call of calls) {
    addCall(rowOf(call, call.mode, null), call);
    if (call.empty_cause !== undefined) addCall(rowOf(call, EMPTY_RESULT, call.empty_cause), call);
  }
  return [...rows.values()];
}

function emptyRow(date: string, mode: string, intent: SearchIntent, cause: EmptyCause | null): RolledUp {
  return {
    date,
    mode,
    intent,
    cause,
    count: 0,
    sum_results: 0,
    sum_tokens: 0,
    sum_budget_dropped: 0,
    cache_hit: 0,
    cache_miss: 0,
    sum_rank1_score: 0,
    count_rank1: 0,
    rank1_lt_solid: 0,
    rank1_solid: 0,
    rank1_high: 0,
  };
}

function addCall(row: RolledUp, { results, tokens, budget_dropped, cache, rank1_score: score }: SearchCall): void {
  row.count += 1;
  row.sum_results += results;
  row.sum_tokens += tokens;
  row.sum_budget_dropped += budget_dropped;
  if (cache === 'hit') row.cache_hit += 1;
  if (cache === 'miss') row.cache_miss += 1;
  if (score === null) return;
  row.sum_rank1_score += score;
  row.count_rank1 += 1;
  if (score < SOLID) row.rank1_lt_solid += 1;
  else if (score < HIGH) row.rank1_solid += 1;
  else row.rank1_high += 1;
}
