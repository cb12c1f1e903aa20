import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { hashKnobs, KNOB_BUNDLES, KNOB_NAMES, resolveKnobs } from '../../../domain/search/index.ts';
import { searchKnobsSchema } from '../../../schemas/search-knobs.ts';
import { searchSettingsSchema } from '../../../schemas/search-settings.ts';

const settings = (stated: object = {}) => searchSettingsSchema.parse(stated);
const server = { base_url: 'http://127.0.0.1:9', model: 'order' };

describe('knobs', () => {
  test('the three bundles are those of the table', () => {
    const told = (knob: keyof (typeof KNOB_BUNDLES)['balanced']) => [
      KNOB_BUNDLES.conservative[knob],
      KNOB_BUNDLES.balanced[knob],
      KNOB_BUNDLES.tokenmax[knob],
    ];
    expect(told('token_budget')).toEqual([4000, 12000, null]);
    expect(told('limit')).toEqual([10, 25, 50]);
    expect(told('expansion')).toEqual([false, false, false]);
    expect(told('reranker')).toEqual([false, true, true]);
    expect(told('rerank_top_n_in')).toEqual([25, 25, 50]);
    expect(told('graph_signals')).toEqual([false, true, true]);
    expect(told('relational')).toEqual([false, true, true]);
    expect(told('contextual')).toEqual(['none', 'title', 'synopsis']);
    expect(told('autocut')).toEqual([false, false, false]);
    for (const mode of ['conservative', 'balanced', 'tokenmax'] as const)
      expect(searchKnobsSchema.parse(KNOB_BUNDLES[mode])).toMatchObject({
        rerank_timeout_ms: 5000,
        relational_depth: 2,
        relational_max: 3,
        autocut_jump: 0.2,
        autocut_min_top: 0.35,
        autocut_min_keep: 1,
        semantic_cache: true,
        cache_similarity: 0.92,
        cache_ttl_s: 3600,
        intent_weighting: true,
        title_boost: 1.25,
        evidence_cosine: 0.8,
        rrf_k: 60,
        cosine_blend: 0.3,
        dedup_max_per_page: 2,
        dedup_text_jaccard: 0.85,
        dedup_type_ratio: 0.6,
        source_boost: true,
        adaptive_return: false,
        salvage: true,
        embed_timeout_ms: 6000,
      });
    expect(new Set(KNOB_NAMES)).toEqual(new Set(Object.keys(searchKnobsSchema.shape)));
  });

  test('the call counts before the config, that before the bundle of the mode', () => {
    const { mode, knobs, resolved } = resolveKnobs({
      settings: settings({ mode: 'conservative', limit: 12, rrf_k: 40 }),
      perCall: { limit: 3 },
    });
    expect(mode).toBe('conservative');
    expect([knobs.limit, knobs.rrf_k, knobs.token_budget]).toEqual([3, 40, 4000]);
    expect(resolved.limit).toMatchObject({ value: 3, source: 'per-call', source_detail: '--set limit' });
    expect(resolved.rrf_k).toMatchObject({ value: 40, source: 'override', source_detail: 'search.rrf_k' });
    expect(resolved.token_budget).toMatchObject({ value: 4000, source: 'mode', source_detail: 'conservative' });
    expect(resolveKnobs({ settings: settings({ mode: 'conservative' }), mode: 'tokenmax' }).mode).toBe('tokenmax');
  });

  test('no budget is a value of its own', () => {
    expect(resolveKnobs({ settings: settings(), perCall: { token_budget: null } }).knobs.token_budget).toBeNull();
    expect(resolveKnobs({ settings: settings({ token_budget: null }) }).resolved.token_budget).toMatchObject({
      value: null,
      source: 'override',
    });
  });

  test('a mode that is none counts as balanced, and is told', () => {
    const { mode, isModeValid, resolved } = resolveKnobs({ settings: settings({ mode: 'turbo' }) });
    expect([mode, isModeValid]).toEqual(['balanced', false]);
    expect(resolved.limit).toMatchObject({ value: 25, source: 'fallback', source_detail: 'balanced' });
  });

  test('the server says how long reranking may take, where the config does not', () => {
    const reranker = { ...server, timeout_ms: 900 };
    expect(resolveKnobs({ settings: settings({ reranker }) }).resolved.rerank_timeout_ms).toMatchObject({
      value: 900,
      source_detail: 'search.reranker.timeout_ms',
    });
    expect(resolveKnobs({ settings: settings({ reranker, rerank_timeout_ms: 700 }) }).knobs.rerank_timeout_ms).toBe(700);
  });

  test('a bundle turns the reranker on only where one is configured; a call may ask for it anyway', () => {
    expect(resolveKnobs({ settings: settings() }).knobs.reranker).toBe(false);
    expect(resolveKnobs({ settings: settings({ reranker: server }) }).knobs.reranker).toBe(true);
    expect(resolveKnobs({ settings: settings({ reranker: server, mode: 'conservative' }) }).knobs.reranker).toBe(false);
    expect(resolveKnobs({ settings: settings(), perCall: { reranker: true } }).knobs.reranker).toBe(true);
    expect(resolveKnobs({ settings: settings({ mode: 'tokenmax' }) }).knobs.contextual).toBe('title');
    const synopsis_model = { base_url: 'http://127.0.0.1:8000/v1', model: 'scribe-small' };
    expect(resolveKnobs({ settings: settings({ mode: 'tokenmax', synopsis_model }) }).knobs.contextual).toBe('synopsis');
    expect(resolveKnobs({ settings: settings({ synopsis_model }) }).knobs.contextual).toBe('title');
  });

  test('--strategy keyword turns off what moves pages from the places of their words', () => {
    const { knobs, resolved } = resolveKnobs({
      settings: settings({ title_boost: 2 }),
      strategy: 'keyword',
      perCall: { source_boost: true },
    });
    expect(knobs).toMatchObject({
      intent_weighting: false,
      graph_signals: false,
      relational: false,
      title_boost: 1,
      recency: 'off',
      salience: 'off',
      dedup_type_ratio: 1,
      dedup_text_jaccard: 1,
      source_boost: true,
      limit: 25,
    });
    expect(resolved.title_boost).toMatchObject({ source: 'per-call', source_detail: '--strategy keyword' });
    expect(resolveKnobs({ settings: settings(), strategy: 'vector' }).knobs.relational).toBe(true);
  });

  test('LAUTER_SEARCH_SALVAGE=off counts before the config, after the call', () => {
    expect(resolveKnobs({ settings: settings({ salvage: true }), salvage: 'off' }).knobs.salvage).toBe(false);
    expect(resolveKnobs({ settings: settings(), salvage: 'off', perCall: { salvage: true } }).knobs.salvage).toBe(true);
    expect(resolveKnobs({ settings: settings(), salvage: 'on' }).knobs.salvage).toBe(true);
  });

  test.each([0, 5, -0.1])('AUT-4 a jump of %s in the config is ignored, and that is told', (jump) => {
    const { resolved } = resolveKnobs({ settings: settings({ autocut_jump: jump }) });
    expect(resolved.autocut_jump).toMatchObject({ value: 0.2, source: 'fallback' });
    expect(resolved.autocut_jump.source_detail).toContain(`search.autocut_jump is ${jump}`);
  });

  test('the hash is that of the sorted JSON of everything that decides a search', () => {
    const knobs = { ...KNOB_BUNDLES.balanced, reranker: true };
    const context = { embedder: 'deterministic', reranker: 'order', expander: 'scribe', synopsizer: 'teller', boosts: { 'people/': 1.2 } };
    const everything: Record<string, unknown> = {
      ...knobs,
      knob_schema: 1,
      embedder: 'deterministic',
      reranker: 'order',
      expansion_model: null,
      synopsis_model: null,
      chunker_version: 'lauter-chunker-1',
      boosts: { 'people/': 1.2 },
    };
    const sorted = Object.fromEntries(
      Object.keys(everything)
        .sort()
        .map((key) => [key, everything[key]]),
    );
    const expected = createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
    expect(hashKnobs(knobs, context, sha256)).toBe(expected);
    // A model that is not asked decides nothing.
    expect(hashKnobs(knobs, { ...context, expander: null }, sha256)).toBe(expected);
    expect(hashKnobs({ ...knobs, expansion: true }, context, sha256)).not.toBe(
      hashKnobs({ ...knobs, expansion: true }, { ...context, expander: null }, sha256),
    );
    expect(hashKnobs(knobs, { ...context, synopsizer: null }, sha256)).toBe(expected);
    expect(hashKnobs({ ...knobs, contextual: 'synopsis' }, context, sha256)).not.toBe(
      hashKnobs({ ...knobs, contextual: 'synopsis' }, { ...context, synopsizer: null }, sha256),
    );
    expect(hashKnobs({ ...knobs, rrf_k: 61 }, context, sha256)).not.toBe(expected);
    expect(hashKnobs(knobs, { ...context, embedder: null }, sha256)).not.toBe(expected);
    expect(hashKnobs({ ...knobs, reranker: false }, context, sha256)).toBe(
      hashKnobs({ ...knobs, reranker: false }, { ...context, reranker: null }, sha256),
    );
  });
});
