import { glossaryBlock, SEARCH_STATS_METRICS } from '../glossary/index.ts';
import { percentile } from '../stats/percentile.ts';
import type { SearchCall } from '../../schemas/search-call.ts';
import type { SearchStats } from '../../schemas/search-stats.ts';
import { EMPTY_RESULT, rollUpCalls, type RolledUp } from './roll-up-calls.ts';

/** What a summary tells beside the calls. */
export interface StatsWindow {
  readonly days: number;
  /** First and last moment of the window, ISO 8601 in UTC. */
  readonly from: string;
  readonly to: string;
  readonly unreadableLines: number;
  readonly hasGraphSignals: boolean;
}

/** What the searches of a window came to. */
export function summarizeCalls(calls: readonly SearchCall[], window: StatsWindow): SearchStats {
  const rollup = rollUpCalls(calls);
  const rows = rollup.filter(({ mode }) => mode !== EMPTY_RESULT);
  const empty = rollup.filter(({ mode }) => mode === EMPTY_RESULT);
  const total = sum(rows, 'count');
  const [hits, misses, scored] = [sum(rows, 'cache_hit'), sum(rows, 'cache_miss'), sum(rows, 'count_rank1')];
  const latencies = calls.map(({ latency_ms }) => latency_ms);
  return {
    schema_version: 2,
    total_calls: total,
    cache_hits: hits,
    cache_misses: misses,
    cache_hit_rate: ratio(hits, hits + misses),
    avg_results: ratio(sum(rows, 'sum_results'), total),
    avg_tokens: ratio(sum(rows, 'sum_tokens'), total),
    total_budget_dropped: sum(rows, 'sum_budget_dropped'),
    intent_distribution: countBy(rows, ({ intent }) => intent),
    mode_distribution: countBy(rows, ({ mode }) => mode),
    window_days: window.days,
    avg_rank1_score: ratio(sum(rows, 'sum_rank1_score'), scored),
    rank1_distribution: { lt_solid: sum(rows, 'rank1_lt_solid'), solid: sum(rows, 'rank1_solid'), high: sum(rows, 'rank1_high') },
    empty_results: {
      total: sum(empty, 'count'),
      rate: ratio(sum(empty, 'count'), total),
      by_cause: countBy(empty, ({ cause }) => cause ?? ''),
    },
    coverage: { scored_calls: scored, rate: ratio(scored, total) },
    graph_signals: { enabled: window.hasGraphSignals },
    p50_latency_ms: percentile(latencies, 50),
    p95_latency_ms: percentile(latencies, 95),
    p99_latency_ms: percentile(latencies, 99),
    _meta: {
      from: window.from,
      to: window.to,
      rollup_rows: rollup.length,
      unreadable_lines: window.unreadableLines,
      ...glossaryBlock(SEARCH_STATS_METRICS),
    },
  };
}

type Figure = { [Key in keyof RolledUp]: RolledUp[Key] extends number ? Key : never }[keyof RolledUp];

function sum(rows: readonly RolledUp[], figure: Figure): number {
  return rows.reduce((total, row) => total + row[figure], 0);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function countBy(rows: readonly RolledUp[], nameOf: (row: RolledUp) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[nameOf(row)] = (counts[nameOf(row)] ?? 0) + row.count;
  return counts;
}
