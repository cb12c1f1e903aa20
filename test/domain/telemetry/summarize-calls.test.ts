import { describe, expect, test } from 'vitest';
import { describeCall, rollUpCalls, summarizeCalls } from '../../../domain/telemetry/index.ts';
import { searchCallSchema } from '../../../schemas/search-call.ts';
import type { SearchResponse } from '../../../schemas/search-response.ts';
import { searchStatsSchema } from '../../../schemas/search-stats.ts';
import { searchCall, searchCalls } from '../../support/search-calls.ts';

const WINDOW = { days: 7, from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z', unreadableLines: 0, hasGraphSignals: true };

describe('what is kept of a search', () => {
  const response = (meta: Partial<SearchResponse['meta']>, scores: readonly number[] = []): SearchResponse => ({
    schema_version: 1,
    query: 'when does the ferry leave',
    mode: 'balanced',
    knob_hash: '0'.repeat(16),
    intent: 'temporal',
    detail: 'high',
    results: scores.map((score, at) => ({
      source_id: 'default',
      slug: `ferries/${at}`,
      key: `default::ferries/${at}`,
      chunk_id: at,
      kind: 'body',
      title: 'Ferries',
      text: 'At dawn.',
      score,
      rank: at + 1,
      arms: ['keyword'],
      flags: [],
    })),
    meta: {
      degraded: [],
      vector_enabled: true,
      expansion_applied: false,
      reranked: false,
      cache: 'miss',
      budget: { budget: 0, used: 0, kept: 0, dropped: 0, truncated: false },
      latency_ms: 12.5,
      corpus_hash: '',
      generation: 1,
      ...meta,
    },
  });

  test('its figures, and no word of it', () => {
    const call = describeCall(
      response({ budget: { budget: 9, used: 8, kept: 2, dropped: 3, truncated: false } }, [0.9, 0.4]),
      '2026-03-04T10:00:00.000Z',
    );
    expect(searchCallSchema.parse(call)).toEqual({
      ts: '2026-03-04T10:00:00.000Z',
      mode: 'balanced',
      intent: 'temporal',
      results: 2,
      tokens: 8,
      budget_dropped: 3,
      cache: 'miss',
      rank1_score: 0.9,
      latency_ms: 12.5,
    });
    expect(JSON.stringify(call)).not.toMatch(/ferr|dawn/i);
  });

  test.each([
    ['vector_disabled', { vector_enabled: false }],
    ['keyword_zero', { vector_enabled: true }],
    ['budget_dropped_all', { vector_enabled: false, budget: { budget: 1, used: 0, kept: 0, dropped: 4, truncated: false } }],
    [undefined, { cache: 'hit' as const }],
  ])('why nothing was found: %s', (cause, meta) => {
    expect(describeCall(response(meta), '2026-03-04T10:00:00.000Z')).toMatchObject({ results: 0, rank1_score: null });
    expect(describeCall(response(meta), '2026-03-04T10:00:00.000Z').empty_cause).toBe(cause);
  });
});

describe('roll-up', () => {
  test('by day, mode and intent; the first result below 0.6, from there, and from 0.85', () => {
    const rows = rollUpCalls([
      searchCall({ rank1_score: 0.59 }),
      searchCall({ rank1_score: 0.6, cache: 'hit' }),
      searchCall({ rank1_score: 0.85, budget_dropped: 4, cache: 'off' }),
      searchCall({ intent: 'event' }),
      searchCall({ ts: '2026-03-05T00:00:00.000Z' }),
      searchCall({ mode: 'tokenmax' }),
    ]);
    expect(rows.map(({ date, mode, intent, count }) => [date, mode, intent, count])).toEqual([
      ['2026-03-04', 'balanced', 'general', 3],
      ['2026-03-04', 'balanced', 'event', 1],
      ['2026-03-05', 'balanced', 'general', 1],
      ['2026-03-04', 'tokenmax', 'general', 1],
    ]);
    expect(rows[0]).toMatchObject({
      sum_results: 15,
      sum_tokens: 1200,
      sum_budget_dropped: 4,
      cache_hit: 1,
      cache_miss: 1,
      count_rank1: 3,
      rank1_lt_solid: 1,
      rank1_solid: 1,
      rank1_high: 1,
    });
    expect(rows[0]!.sum_rank1_score).toBeCloseTo(2.04, 12);
  });

  test('searches without a result are counted a second time, by their cause', () => {
    const empty = searchCall({ results: 0, tokens: 0, rank1_score: null, empty_cause: 'keyword_zero' });
    expect(rollUpCalls([empty, searchCall()]).map(({ mode, cause, count }) => [mode, cause, count])).toEqual([
      ['balanced', null, 2],
      ['empty_result', 'keyword_zero', 1],
    ]);
  });
});

describe('summary', () => {
  test('of nothing: counts of 0, and null for what would divide by it', () => {
    expect(searchStatsSchema.parse(summarizeCalls([], WINDOW))).toMatchObject({
      schema_version: 2,
      total_calls: 0,
      cache_hit_rate: null,
      avg_results: null,
      avg_tokens: null,
      avg_rank1_score: null,
      p50_latency_ms: null,
      p99_latency_ms: null,
      mode_distribution: {},
      empty_results: { total: 0, rate: null },
      window_days: 7,
    });
  });

  test('averages are over calls, the hit rate over what the cache was asked', () => {
    const calls = [
      ...searchCalls(3, { cache: 'hit', results: 2, tokens: 100, latency_ms: 1 }),
      searchCall({ cache: 'miss', results: 6, tokens: 500, latency_ms: 50, budget_dropped: 7 }),
      searchCall({
        cache: 'off',
        results: 0,
        tokens: 0,
        rank1_score: null,
        latency_ms: 99,
        intent: 'event',
        empty_cause: 'vector_disabled',
      }),
    ];
    expect(searchStatsSchema.parse(summarizeCalls(calls, WINDOW))).toMatchObject({
      total_calls: 5,
      cache_hits: 3,
      cache_misses: 1,
      cache_hit_rate: 0.75,
      avg_results: 2.4,
      avg_tokens: 160,
      total_budget_dropped: 7,
      intent_distribution: { general: 4, event: 1 },
      mode_distribution: { balanced: 5 },
      rank1_distribution: { lt_solid: 0, solid: 0, high: 4 },
      empty_results: { total: 1, rate: 0.2, by_cause: { vector_disabled: 1 } },
      coverage: { scored_calls: 4, rate: 0.8 },
      p50_latency_ms: 1,
      p95_latency_ms: 99,
      p99_latency_ms: 99,
    });
  });
});
