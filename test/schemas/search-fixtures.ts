import { searchCall } from '../support/search-calls.ts';
import { COSTS } from './cost-fixtures.ts';
import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';
import { KNOBS } from './search-settings-fixtures.ts';

const HIT = {
  source_id: 'default',
  slug: 'tides/quay',
  key: 'default::tides/quay',
  chunk_id: 4,
  kind: 'compiled_truth',
  title: 'Tides at the quay',
  text: 'High tide is at seven.',
  score: 0.9,
  rank: 1,
  arms: ['keyword', 'title'],
  flags: ['evidence'],
};

const BUDGET = { budget: 4_000, used: 11, kept: 1, dropped: 0, truncated: false };

const SEARCHED = {
  degraded: ['no_embedder'],
  vector_enabled: false,
  expansion_applied: false,
  reranked: false,
  cache: 'miss',
  budget: BUDGET,
  latency_ms: 4.5,
  corpus_hash: SHA256,
  generation: 3,
};

const EXPLAINED = { key: HIT.key, chunk_id: 4, arm_ranks: { keyword: 2, title: 1 }, multipliers: { title: 1.25 } };
const RESOLVED = { value: 10, source: 'override', source_detail: 'search.limit', description: 'Results at most.' };

const CHANGE = {
  id: 'cache_disabled',
  key: 'search.semantic_cache',
  from: false,
  to: true,
  reason: 'The pilots ask the same thing every morning.',
  evidence: { calls: 40, reader_model: null },
  apply_command: 'lauter config set search.semantic_cache true',
  revert_command: 'lauter config unset search.semantic_cache',
};

/** What a search finds, what is kept and said of searches, and what is printed instead where a command could not do its work. */
export const SEARCH_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  searchResponseSchema: fixtureOf(
    {
      schema_version: 1,
      query: 'when is high tide at the quay',
      mode: 'balanced',
      knob_hash: 'a1b2',
      intent: 'temporal',
      detail: 'medium',
      results: [HIT],
      meta: SEARCHED,
      explain: { rows: [EXPLAINED], dropped: { dedup: 1 } },
    },
    {
      'another version': { schema_version: 2 },
      'an intent of its own': { intent: 'idle' },
      'a rank before the first': { results: [{ ...HIT, rank: 0 }] },
      'an arm that there is not': { results: [{ ...HIT, arms: ['oracle'] }] },
      'a hit with something more': { results: [{ ...HIT, tide: 'low' }] },
      'a loss that nobody knows': { meta: { ...SEARCHED, degraded: ['fog'] } },
      'half a row in the budget': { meta: { ...SEARCHED, budget: { ...BUDGET, kept: 0.5 } } },
      'a place in an arm before the first': { explain: { rows: [{ ...EXPLAINED, arm_ranks: { keyword: 0 } }], dropped: {} } },
    },
    { accepts: [{ detail: null, results: [{ ...HIT, chunk_id: null, arms: [] }] }], optional: ['explain'] },
  ),
  searchCallSchema: fixtureOf(
    searchCall({ results: 0, rank1_score: null, empty_cause: 'keyword_zero' }),
    {
      'a day without an hour': { ts: '2026-03-02' },
      'an answer that came from nowhere': { cache: 'maybe' },
      'results below nothing': { results: -1 },
      'a cause of its own': { empty_cause: 'fog' },
    },
    { accepts: [{ cache: 'hit' }], optional: ['empty_cause'] },
  ),
  searchModesSchema: fixtureOf(
    {
      schema_version: 2,
      active_mode: 'balanced',
      active_mode_valid: false,
      shown_mode: 'tokenmax',
      resolved: { limit: RESOLVED },
      bundles: { conservative: KNOBS, balanced: KNOBS, tokenmax: KNOBS },
      config_keys: ['search.mode', 'search.limit'],
      knob_hash: 'a1b2',
      cleared: ['search.limit'],
      costs: COSTS,
    },
    {
      'a mode that there is not': { active_mode: 'lavish' },
      'two bundles of three': { bundles: { conservative: KNOBS, balanced: KNOBS } },
      'half a bundle': { bundles: { conservative: KNOBS, balanced: KNOBS, tokenmax: { limit: 50 } } },
      'a value that nobody decided': { resolved: { limit: { ...RESOLVED, source: 'fog' } } },
    },
    { optional: ['costs'] },
  ),
  searchStatsSchema: fixtureOf(
    {
      schema_version: 2,
      total_calls: 4,
      cache_hits: 1,
      cache_misses: 3,
      cache_hit_rate: 0.25,
      avg_results: 5,
      avg_tokens: 400,
      total_budget_dropped: 2,
      intent_distribution: { temporal: 3, general: 1 },
      mode_distribution: { balanced: 4 },
      window_days: 7,
      avg_rank1_score: 0.7,
      rank1_distribution: { lt_solid: 1, solid: 1, high: 1 },
      empty_results: { total: 1, rate: 0.25, by_cause: { keyword_zero: 1 } },
      coverage: { scored_calls: 3, rate: 0.75 },
      graph_signals: { enabled: true },
      p50_latency_ms: 8,
      p95_latency_ms: 20,
      p99_latency_ms: 20,
      _meta: { from: '2026-02-23T06:40:00.000Z', to: TIME, rollup_rows: 3, unreadable_lines: 0, metric_glossary: {}, unknown_metrics: [] },
    },
    {
      'a window of nothing': { window_days: 0 },
      'a window longer than a year': { window_days: 366 },
      'half a distribution': { rank1_distribution: { lt_solid: 1 } },
      'a cause counted below nothing': { empty_results: { total: 1, rate: 0.25, by_cause: { keyword_zero: -1 } } },
    },
    { accepts: [{ cache_hit_rate: null, avg_results: null, p50_latency_ms: null, coverage: { scored_calls: 0, rate: null } }] },
  ),
  searchTuneSchema: fixtureOf(
    { schema_version: 2, status: 'has_recommendations', calls: 40, recommendations: [CHANGE], applied: ['cache_disabled'] },
    {
      'a status of its own': { status: 'becalmed' },
      'a rule that there is not': { applied: ['more_rope'] },
      'a change without a way back': { recommendations: [{ ...CHANGE, revert_command: undefined }] },
    },
    { accepts: [{ status: 'insufficient_data', calls: 3, recommendations: [], applied: [] }] },
  ),
  usageErrorSchema: fixtureOf(
    {
      schema_version: 1,
      error: { code: 'usage_error', message: 'expected a count', flag: '--limit', value: 'many', file: 'quay.qrels', line: 3 },
    },
    {
      'a code of several words': { error: { code: 'Usage error', message: 'expected a count' } },
      'no message': { error: { code: 'usage_error' } },
      'half a line': { error: { code: 'usage_error', message: 'expected a count', line: 1.5 } },
    },
    { accepts: [{ error: { code: 'retriever_error', message: 'the harbour is closed' } }] },
  ),
};
