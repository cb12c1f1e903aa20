import { describe, expect, test } from 'vitest';
import {
  adaptReturn,
  bigramDice,
  canBeAlias,
  flagEvidence,
  hopAliases,
  isCacheHit,
  keepRelationalSlot,
  rerankCandidates,
  type CacheKey,
} from '../../../domain/search/index.ts';
import { candidate } from '../../support/search-candidates.ts';

const list = (slugs: string) => Array.from(slugs, (slug, at) => candidate({ slug, score: 1 - at / 10 }));
const slugs = (rows: readonly { readonly slug: string }[]) => rows.map(({ slug }) => slug).join('');

describe('reranking', () => {
  test('orders the first rows by their scores; places keep theirs', () => {
    const reranked = rerankCandidates(list('abcd'), [0.1, 0.9, 0.5]);
    expect(slugs(reranked)).toBe('bcad');
    expect(reranked.map(({ score }) => score)).toEqual([1, 0.9, 0.8, 0.7]);
    expect(reranked.map(({ rerank_score }) => rerank_score)).toEqual([0.9, 0.5, 0.1, null]);
  });

  test('relational rows keep their places', () => {
    const rows = list('abc').map((row) => (row.slug === 'a' ? { ...row, arms: ['relational' as const] } : row));
    expect(slugs(rerankCandidates(rows, [0, 0.1, 0.9]))).toBe('acb');
  });
});

describe('alias hop', () => {
  test('a query of one to six words may be an alias', () => {
    expect(['', '—', 'Kotor', 'the old man and the sea', 'the old man and the sea again'].map(canBeAlias)).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  test('what the query is an alias of comes forward, or comes in above all', () => {
    const [row] = hopAliases(list('ab'), [candidate({ slug: 'b' })]);
    expect([row!.slug, row!.score]).toEqual(['a', 1]);
    const hopped = hopAliases([candidate({ slug: 'a', score: 1 }), candidate({ slug: 'b', score: 0.95 })], [candidate({ slug: 'b' })]);
    expect(slugs(hopped)).toBe('ba');
    expect(hopped[0]).toMatchObject({ score: 0.95 * 1.1, flags: ['alias_hop', 'preserved'] });
    const inserted = hopAliases(list('ab'), [candidate({ slug: 'z', score: 0 })]);
    expect(inserted[0]).toMatchObject({ slug: 'z', score: 1 + 1e-6, flags: ['alias_hop', 'preserved'] });
  });

  test('three rows at most, and none without a target', () => {
    expect(hopAliases(list('a'), list('wxyz')).map(({ slug }) => slug)).toEqual(['w', 'x', 'y', 'a']);
    const rows = list('ab');
    expect(hopAliases(rows, [])).toBe(rows);
    expect(hopAliases([], [candidate()])).toHaveLength(1);
  });

  test('rows of equal scores keep the order that a reranker gave them', () => {
    const rows = [candidate({ slug: 'b', score: 0.5 }), candidate({ slug: 'a', score: 0.5 })];
    expect(slugs(hopAliases(rows, [candidate({ slug: 'z' })]))).toBe('zba');
  });
});

test('rows near the query are evidence', () => {
  const rows = [0.8, 0.79, null].map((cosine) => candidate({ cosine }));
  expect(flagEvidence(rows, 0.8).map(({ flags }) => flags)).toEqual([['evidence'], [], []]);
});

test('an entity is answered by two rows, anything else by six', () => {
  expect(adaptReturn([1, 2, 3, 4, 5, 6, 7], 'entity')).toEqual([1, 2]);
  expect(adaptReturn([1, 2, 3, 4, 5, 6, 7], 'temporal')).toEqual([1, 2, 3, 4, 5, 6]);
});

describe('relational slot', () => {
  const linked = candidate({ slug: 'z', arms: ['relational'] });

  test('the best relational row takes the last place when none is shown', () => {
    expect(slugs(keepRelationalSlot(list('abcd'), [linked], 3))).toBe('abzcd');
    expect(slugs(keepRelationalSlot(list('ab'), [linked], 3))).toBe('abz');
    expect(slugs(keepRelationalSlot([], [linked], 3))).toBe('z');
  });

  test('a row further down moves up instead of being doubled', () => {
    expect(slugs(keepRelationalSlot([...list('abcd'), linked], [linked], 2))).toBe('azbcd');
  });

  test('nothing moves when one is shown, or none was found', () => {
    const shown = [linked, ...list('abc')];
    expect(keepRelationalSlot(shown, [linked], 2)).toBe(shown);
    expect(slugs(keepRelationalSlot(list('abc'), [], 2))).toBe('abc');
  });
});

describe('semantic cache', () => {
  const kept = { knob_hash: 'a1', generation: 3, source: null, query: 'when is high tide', vector: [1, 0], storedAtMs: 1_000 };
  const asked: CacheKey = {
    knob_hash: 'a1',
    generation: 3,
    source: null,
    query: 'when is the high tide',
    vector: [0.95, Math.sqrt(1 - 0.95 ** 2)],
  };
  const rule = { similarity: 0.92, ttlMs: 3_600_000 };
  const isHit = (change: Partial<CacheKey> = {}, nowMs = 2_000) => isCacheHit(kept, { ...asked, ...change }, rule, nowMs);

  test('serves what is near in meaning and alike in spelling', () => {
    expect(isHit()).toBe(true);
  });

  test('serves nothing when one thing differs', () => {
    expect(isHit({ knob_hash: 'a2' })).toBe(false);
    expect(isHit({ generation: 4 })).toBe(false);
    expect(isHit({ source: 'notes' })).toBe(false);
    expect(isHit({ vector: [0.9, Math.sqrt(1 - 0.9 ** 2)] })).toBe(false);
    expect(isHit({ query: 'apples in autumn' })).toBe(false);
    expect(isHit({}, 3_601_000)).toBe(false);
    expect(isHit({}, 3_600_999)).toBe(true);
  });

  test('likeness of spelling counts shared pairs of characters', () => {
    // ni ig gh ht / na ac ch ht: one shared of eight.
    expect(bigramDice('night', 'nacht')).toBe(0.25);
    expect(bigramDice('Kotor ', 'kotor')).toBe(1);
    expect(bigramDice('aaaa', 'aa')).toBe(0.5);
    expect(bigramDice('a', 'b')).toBe(0);
    expect(bigramDice('', '')).toBe(1);
  });
});
