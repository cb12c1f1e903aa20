import { describe, expect, test } from 'vitest';
import { KNOB_BUNDLES } from '../../../domain/search/index.ts';
import { recommendTuning, type TuningSetup } from '../../../domain/telemetry/index.ts';
import type { SearchCall } from '../../../schemas/search-call.ts';
import { searchCalls } from '../../support/search-calls.ts';

const BALANCED: TuningSetup = { mode: 'balanced', knobs: KNOB_BUNDLES.balanced, readerModel: null };
const ids = (calls: readonly SearchCall[], setup: Partial<TuningSetup> = {}) =>
  recommendTuning(calls, { ...BALANCED, ...setup })?.map(({ id, from, to }) => [id, from, to]) ?? null;

describe('tuning', () => {
  test('fewer than 20 calls say nothing', () => {
    expect(ids(searchCalls(19))).toBeNull();
    expect(ids(searchCalls(20))).toEqual([]);
  });

  test('conservative that drops more than two results a call: balanced', () => {
    const tight = { mode: 'conservative' } as const;
    const calls = (dropped: number) => [
      ...searchCalls(19, { ...tight, budget_dropped: 2 }),
      ...searchCalls(1, { ...tight, budget_dropped: dropped }),
    ];
    expect(ids(calls(3), tight)).toEqual([['mode_budget_drops', 'conservative', 'balanced']]);
    expect(ids(calls(2), tight)).toEqual([]);
    expect(ids(calls(3))).toEqual([]);
    // What other modes dropped speaks neither for nor against it.
    expect(ids([...calls(3), ...searchCalls(90)], tight)).toEqual([['mode_budget_drops', 'conservative', 'balanced']]);
  });

  test('a cache that answers more than 85 % of more than 50 questions: a stricter one', () => {
    const calls = (hits: number, misses: number) => [...searchCalls(hits, { cache: 'hit' }), ...searchCalls(misses)];
    expect(ids(calls(44, 7))).toEqual([['cache_too_lenient', 0.92, 0.94]]);
    expect(ids(calls(43, 7))).toEqual([]);
    expect(ids(calls(85, 15))).toEqual([]);
    expect(ids([...calls(44, 6), ...searchCalls(90, { cache: 'off' })])).toEqual([]);
    expect(ids(calls(60, 0), { knobs: { ...KNOB_BUNDLES.balanced, cache_similarity: 0.95 } })).toEqual([]);
  });

  test('tokenmax for a small model: balanced', () => {
    const change = [['mode_for_small_model', 'tokenmax', 'balanced']];
    for (const readerModel of ['gpt-4o-mini', 'claude-haiku-4', 'qwen3:8b', 'llama-3.2-1.5B-instruct', 'gemini-flash'])
      expect(ids(searchCalls(20), { mode: 'tokenmax', readerModel })).toEqual(change);
    for (const readerModel of [null, 'claude-opus-4', 'llama-3.3-70b', 'gemini-pro', 'minimax'])
      expect(ids(searchCalls(20), { mode: 'tokenmax', readerModel })).toEqual([]);
    expect(ids(searchCalls(20), { readerModel: 'gpt-4o-mini' })).toEqual([]);
  });

  test('a cache that is off: on', () => {
    const knobs = { ...KNOB_BUNDLES.balanced, semantic_cache: false };
    expect(ids(searchCalls(20, { cache: 'off' }), { knobs })).toEqual([['cache_disabled', false, true]]);
  });
});
