import { z } from 'zod';
import { glossaryBlockShape } from './metric-glossary.ts';

const count = z.number().int().min(0);
const rate = z.number().nullable().describe('Null where there is nothing to divide by.');
const ms = z.number().nullable();

/** What `lauter search stats --json` prints. */
export const searchStatsSchema = z
  .strictObject({
    schema_version: z.literal(2),
    total_calls: count,
    cache_hits: count,
    cache_misses: count,
    cache_hit_rate: rate,
    avg_results: rate,
    avg_tokens: rate,
    total_budget_dropped: count,
    intent_distribution: z.record(z.string(), count),
    mode_distribution: z.record(z.string(), count),
    window_days: z.number().int().min(1).max(365),
    avg_rank1_score: rate,
    rank1_distribution: z.strictObject({ lt_solid: count, solid: count, high: count }).describe('Below 0.6, from there on, from 0.85 on.'),
    empty_results: z.strictObject({ total: count, rate, by_cause: z.record(z.string(), count) }).describe('Answers of the cache left out.'),
    coverage: z
      .strictObject({ scored_calls: count, rate })
      .describe('Calls whose first result has a score: what the rank-1 figures rest on.'),
    graph_signals: z.strictObject({ enabled: z.boolean() }).describe('As the config has them now.'),
    p50_latency_ms: ms,
    p95_latency_ms: ms,
    p99_latency_ms: ms,
    _meta: z.strictObject({ from: z.string(), to: z.string(), rollup_rows: count, unreadable_lines: count, ...glossaryBlockShape }),
  })
  .meta({ title: 'Search statistics', description: 'What recent searches came to.' });

export type SearchStats = z.infer<typeof searchStatsSchema>;
