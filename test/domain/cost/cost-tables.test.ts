import { describe, expect, test } from 'vitest';
import { costTables } from '../../../domain/cost/index.ts';
import { bundleOf } from '../../../domain/search/index.ts';
import { ConfigError } from '../../../domain/shared/errors.ts';
import { costSettingsSchema } from '../../../schemas/cost-settings.ts';
import { searchCostsSchema } from '../../../schemas/search-costs.ts';
import { SEARCH_MODES, type SearchMode } from '../../../schemas/vocabulary.ts';

const DEPTHS = Object.fromEntries(SEARCH_MODES.map((mode) => [mode, bundleOf(mode, {})])) as Record<
  SearchMode,
  ReturnType<typeof bundleOf>
>;
const tables = (settings: object = {}) => searchCostsSchema.parse(costTables(costSettingsSchema.parse(settings), DEPTHS));

describe('the published tables, with the published prices', () => {
  const { per_query: perQuery, per_month: perMonth, matrix, agent_loop: loop, pairings, own, notes } = tables();

  test('per query', () => {
    expect(perQuery.map(({ mode, tokens, chunks, usd }) => [mode, tokens, chunks, usd])).toEqual([
      ['conservative', 4_000, 10, { small: 0.004, mid: 0.012, large: 0.02 }],
      ['balanced', 10_000, 25, { small: 0.01, mid: 0.03, large: 0.05 }],
      ['tokenmax', 20_000, 50, { small: 0.02, mid: 0.06, large: 0.1 }],
    ]);
  });

  test('per month, at 1K, 10K and 100K queries', () => {
    const month = (mode: string, model: string): (number | undefined)[] =>
      perMonth.filter((row) => row.mode === mode).map(({ usd }) => usd[model]);
    expect(SEARCH_MODES.map((mode) => month(mode, 'mid'))).toEqual([
      [12, 120, 1_200],
      [30, 300, 3_000],
      [60, 600, 6_000],
    ]);
    expect(SEARCH_MODES.map((mode) => month(mode, 'large'))).toEqual([
      [20, 200, 2_000],
      [50, 500, 5_000],
      [100, 1_000, 10_000],
    ]);
  });

  test('the matrix of modes and models, and its spread', () => {
    expect(matrix).toEqual({
      queries: 10_000,
      spread: 25,
      rows: [
        { mode: 'conservative', tokens: 4_000, usd: { small: 40, mid: 120, large: 200 } },
        { mode: 'balanced', tokens: 10_000, usd: { small: 100, mid: 300, large: 500 } },
        { mode: 'tokenmax', tokens: 20_000, usd: { small: 200, mid: 600, large: 1_000 } },
      ],
    });
  });

  test('the agent loop', () => {
    expect(loop).toMatchObject({ turns_per_month: 860, searches_per_turn: 3, input_per_million: 3 });
    expect(loop.rows.map((row) => Object.values(row))).toEqual([
      ['tokenmax', 60_000, 0.18, 155, null],
      ['balanced', 30_000, 0.09, 77, -78],
      ['conservative', 12_000, 0.036, 31, -124],
    ]);
  });

  test('the pairings, as published', () => {
    expect(pairings.map((pairing) => Object.values(pairing).slice(0, 5))).toEqual([
      ['tokenmax', 'large', 0.85, 700, 'natural'],
      ['balanced', 'mid', 0.5, 430, 'natural'],
      ['conservative', 'small', 0.2, 170, 'natural'],
      ['tokenmax', 'small', 0.2, 170, 'mismatch'],
      ['conservative', 'large', 0.75, 640, 'mismatch'],
    ]);
  });

  test('what searching itself costs', () => {
    expect(own).toEqual({ query_embedding_usd: 0.00001, expansion_usd: 0.0015, expansion_per_100k_usd: 150 });
  });

  test('the rule, what a mode moves, what a cache saves, and the loop that was observed', () => {
    const text = notes.join('\n');
    for (const told of [
      'small 5-10, mid 25-40, large 50+',
      '10-20% of all',
      '30-50%',
      '50-70%',
      '$700 and 800M tokens in 30 days',
      '900K tokens per turn, 88%',
    ]) {
      expect(text).toContain(told);
    }
  });
});

describe('other prices', () => {
  test('of the model that reads, which then stands alone', () => {
    const read = tables({ downstream_model: 'pilot-4.1', prices: { 'pilot-4.1': { input_per_million: 2, output_per_million: 8 } } });
    expect(read.models).toEqual([{ name: 'pilot-4.1', input_per_million: 2 }]);
    expect(read.per_query.map(({ usd }) => usd)).toEqual([{ 'pilot-4.1': 0.008 }, { 'pilot-4.1': 0.02 }, { 'pilot-4.1': 0.04 }]);
    expect(read.agent_loop.rows[0]).toMatchObject({ usd_per_turn: 0.12, usd_per_month: 103 });
  });

  test('of the sizes, under their names', () => {
    const read = tables({ version: 'spring', date: '2026-03-02', prices: { mid: { input_per_million: 6 } } });
    expect(read.per_query[0]!.usd).toEqual({ small: 0.004, mid: 0.024, large: 0.02 });
    expect(read.agent_loop.input_per_million).toBe(6);
    expect(read.price_table).toEqual({ version: 'spring', date: '2026-03-02' });
  });

  test('none for the model that reads is refused', () => {
    expect(() => tables({ downstream_model: 'pilot-4.1' })).toThrow(ConfigError);
  });

  test('nothing at all has no spread', () => {
    expect(tables({ downstream_model: 'quay', prices: { quay: { input_per_million: 0 } } }).matrix.spread).toBeNull();
  });
});

test('a budget that ends before the limit delivers fewer chunks', () => {
  const depths = { ...DEPTHS, balanced: { limit: 25, token_budget: 5_000 }, tokenmax: { limit: 50, token_budget: 0 } };
  const { per_query: rows } = costTables(costSettingsSchema.parse({}), depths);
  expect(rows.map(({ chunks }) => chunks)).toEqual([10, 12, 50]);
});
