import { describe, expect, test } from 'vitest';
import { applySignals, rowId, type Candidate, type SignalContext } from '../../../domain/search/index.ts';
import { candidate } from '../../support/search-candidates.ts';

const QUIET: SignalContext = {
  query: 'neap tides',
  intent: null,
  detail: null,
  recency: 'off',
  salience: 'off',
  titleBoost: 1.25,
  exactWeight: 1,
  boosts: null,
  hasBacklinks: true,
  hasGraph: false,
  nowMs: Date.UTC(2026, 2, 31),
};
const only = (row: Candidate, context: Partial<SignalContext> = {}) => {
  const { candidates, multipliers } = applySignals([row], { ...QUIET, ...context });
  expect(candidates[0]!.flags).toEqual(Object.keys(multipliers.get(rowId(row)) ?? {}));
  return { score: candidates[0]!.score, ...multipliers.get(rowId(row)) };
};

describe('signals', () => {
  test('a page of which nothing is known keeps its score and gets no flag', () => {
    expect(only(candidate())).toEqual({ score: 1 });
  });

  test('folders count as the profile says, save at high detail', () => {
    const boosts = { 'harbours/': 1.2 };
    expect(only(candidate(), { boosts })).toEqual({ score: 1.2, source_boost: 1.2 });
    expect(only(candidate(), { boosts, detail: 'high' })).toEqual({ score: 1 });
  });

  test('links to a page count by their logarithm', () => {
    const row = candidate({ facts: { backlinks: 3 } });
    // 1 + 0.05 * ln 4
    expect(only(row).score).toBeCloseTo(1.0693147, 7);
    expect(only(row, { hasBacklinks: false })).toEqual({ score: 1 });
  });

  test('salience counts when on, twice when strong', () => {
    const row = candidate({ facts: { salience: 0.5 } });
    expect([only(row), only(row, { salience: 'on' }), only(row, { salience: 'strong' })].map(({ score }) => score)).toEqual([
      1, 1.075, 1.15,
    ]);
  });

  test('dated pages count more the younger they are', () => {
    const old = candidate({ facts: { effective_date: '2026-03-01' } });
    // 30 days: half of 0.3 when on, half of 0.45 when strong.
    expect([only(old), only(old, { recency: 'on' }), only(old, { recency: 'strong' })].map(({ score }) => score)).toEqual([1, 1.15, 1.225]);
    expect(only(candidate({ facts: { effective_date: '2026/03/31 (Tue) 02:21' } }), { recency: 'on' }).score).toBe(1.3);
    expect(only(candidate({ facts: { effective_date: '2031-01-01' } }), { recency: 'on' }).score).toBe(1.3);
    for (const effective_date of [null, 'spring', '2026-02-30', '2026-13-01'])
      expect(only(candidate({ facts: { effective_date } }), { recency: 'strong' })).toEqual({ score: 1 });
  });

  test('timelines count more where something happened, most where a time is asked for', () => {
    const row = candidate({ kind: 'timeline' });
    expect(
      [only(row, { intent: 'event' }), only(row, { intent: 'temporal' }), only(row, { intent: 'general' }), only(row)].map(
        ({ score }) => score,
      ),
    ).toEqual([1.15, 1.25, 1, 1]);
    expect(only(candidate(), { intent: 'temporal' })).toEqual({ score: 1 });
  });

  test('a title in the query counts, one that is the query counts by the intent too', () => {
    const row = candidate({ title: 'Neap Tides' });
    expect(only(row, { query: 'why are neap-tides low' })).toEqual({ score: 1.25, title_match: 1.25 });
    expect(only(row, { query: 'neap tides!', exactWeight: 1.1 })).toEqual({ score: 1.25 * 1.1, title_match: 1.25, exact_match: 1.1 });
    expect(only(row, { query: 'neaptides' })).toEqual({ score: 1 });
    expect(only(row, { query: 'cheneap tides' })).toEqual({ score: 1 });
    expect(only(candidate({ title: '—' }), { query: '—' })).toEqual({ score: 1 });
    expect(only(candidate(), { query: ' Harbours/Kotor ', exactWeight: 1.1 })).toMatchObject({ exact_match: 1.1 });
  });

  test('an alias in the query counts a little, a superseded page half', () => {
    expect(only(candidate({ facts: { aliases: ['dead water', 'neap tides'] } }))).toEqual({ score: 1.05, alias: 1.05 });
    expect(only(candidate({ facts: { is_superseded: true } }))).toEqual({ score: 0.5, superseded: 0.5 });
  });

  test('pages that the list links together count more, more still across sources', () => {
    const pages = [
      candidate({ slug: 'a', score: 0.9, facts: { links: ['default::b', 'default::c', 'default::a', 'default::gone'] } }),
      candidate({ slug: 'b', score: 0.8 }),
      candidate({ slug: 'c', score: 0.7, facts: { links: ['notes::d'] } }),
      candidate({ slug: 'd', source_id: 'notes', score: 0.6 }),
    ];
    const { multipliers } = applySignals(pages, { ...QUIET, hasGraph: true });
    expect(Object.fromEntries(multipliers)).toEqual({
      'default::a::1': { graph: 1.05 },
      'default::c::1': { graph: 1.05, graph_across_sources: 1.1 },
      'notes::d::1': { graph_across_sources: 1.1 },
    });
    expect(applySignals(pages, QUIET).multipliers.size).toBe(0);
  });

  test('the third page of a session and those after it count a little less, among the first twenty', () => {
    const session = (slug: string, score: number, session_id: string | null) => candidate({ slug, score, facts: { session_id } });
    const pages = [
      session('a', 0.9, 'voyage'),
      session('b', 0.8, 'voyage'),
      candidate({ slug: 'b', chunk_id: 2, score: 0.75, facts: { session_id: 'voyage' } }),
      session('c', 0.7, null),
      session('d', 0.6, 'voyage'),
      session('e', 0.5, 'harvest'),
    ];
    const { multipliers } = applySignals(pages, { ...QUIET, hasGraph: true });
    expect(Object.fromEntries(multipliers)).toEqual({ 'default::d::1': { session: 0.95 } });
    const many = Array.from({ length: 25 }, (_, at) => session(`p${at}`, 1 - at / 100, 'voyage'));
    expect(applySignals(many, { ...QUIET, hasGraph: true }).multipliers.size).toBe(18);
  });

  test('signals multiply and the list is put in their order; what was given stays as it was', () => {
    const rows = [
      candidate({ slug: 'a', score: 1, facts: { is_superseded: true } }),
      candidate({ slug: 'b', score: 0.6, flags: ['seen'] }),
    ];
    const before = structuredClone(rows);
    const { candidates } = applySignals(rows, QUIET);
    expect(candidates.map(({ slug, score, flags }) => [slug, score, flags])).toEqual([
      ['b', 0.6, ['seen']],
      ['a', 0.5, ['superseded']],
    ]);
    expect(rows).toEqual(before);
  });
});
