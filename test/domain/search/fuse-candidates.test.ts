import { describe, expect, test } from 'vitest';
import { blendCosine, effectiveK, fuseCandidates, fuseRanks, rowId } from '../../../domain/search/index.ts';
import { fc } from '../../support/fast-check.ts';
import { candidate, candidateLists } from '../../support/search-candidates.ts';

describe('fusion by ranks', () => {
  test('K-1 a weight divides the constant, and one of 0 or less counts as 1', () => {
    expect([1, 1.2, 0, -1].map((weight) => effectiveK(60, weight))).toEqual([60, 50, 60, 60]);
  });

  test('RRF-1 the same slug and chunk in two sources are two rows', () => {
    const fused = fuseCandidates([{ weight: 1, rows: [candidate(), candidate({ source_id: 'notes' })] }], 60, null);
    expect(fused.map(({ key }) => key)).toEqual(['default::harbours/kotor', 'notes::harbours/kotor']);
  });

  test('RRF-1 in one source they are merged: a keyword hit when any is one, the arms of all, the given rows as they were', () => {
    const byWords = candidate({ arms: ['keyword'], keyword_hit: true, cosine: null });
    const byMeaning = candidate({ arms: ['vector'], keyword_hit: false, cosine: 0.7, flags: ['seen'] });
    const before = structuredClone([byWords, byMeaning]);
    const [row, ...others] = fuseCandidates(
      [
        { weight: 1, rows: [byMeaning] },
        { weight: 1, rows: [byWords] },
      ],
      60,
      null,
    );
    expect(others).toEqual([]);
    expect(row).toMatchObject({ keyword_hit: true, cosine: 0.7, flags: ['seen'], score: 1 });
    expect(new Set(row!.arms)).toEqual(new Set(['keyword', 'vector']));
    expect([byWords, byMeaning]).toEqual(before);
  });

  test('without a chunk id the first 64 characters of the text tell rows apart', () => {
    const beginning = 'x'.repeat(64);
    const rows = ['one', 'two'].map((end) => candidate({ chunk_id: null, text: `${beginning}${end}` }));
    expect(fuseCandidates([{ weight: 1, rows }], 60, null)).toHaveLength(1);
    const different = ['one', 'two'].map((start) => candidate({ chunk_id: null, text: `${start}${beginning}` }));
    expect(fuseCandidates([{ weight: 1, rows: different }], 60, null)).toHaveLength(2);
  });

  test('scores are those worked out by hand, divided by the highest', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((slug) => candidate({ slug }));
    // keyword, weight 1.2: k = 50, so a 1/50, b 1/51. vector, weight 1: c 1/60, a 1/61.
    const fused = fuseCandidates(
      [
        { weight: 1.2, rows: [a!, b!] },
        { weight: 1, rows: [c!, a!] },
      ],
      60,
      null,
    );
    expect(fused.map(({ slug }) => slug)).toEqual(['a', 'b', 'c']);
    const top = 1 / 50 + 1 / 61;
    expect(fused.map(({ score }) => score)).toEqual([1, 1 / 51 / top, 1 / 60 / top]);
  });

  test('of equal scores the smaller key comes first, then the smaller chunk', () => {
    const lists = [
      [candidate({ slug: 'pears', chunk_id: 2 })],
      [candidate({ slug: 'apples', chunk_id: 9 })],
      [candidate({ slug: 'pears', chunk_id: 1 })],
    ].map((rows) => ({ weight: 1, rows }));
    expect(fuseCandidates(lists, 60, null).map(rowId)).toEqual(['default::apples::9', 'default::pears::1', 'default::pears::2']);
  });

  test('at low detail alone, what is compiled counts twice', () => {
    const rows = [candidate({ slug: 'a' }), candidate({ slug: 'b', kind: 'compiled_truth' })];
    const slugs = (detail: 'low' | 'medium' | null) => fuseCandidates([{ weight: 1, rows }], 60, detail).map(({ slug }) => slug);
    expect([slugs('low'), slugs('medium'), slugs(null)]).toEqual([
      ['b', 'a'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(fuseCandidates([{ weight: 1, rows }], 60, 'low').map(({ score }) => score)).toEqual([1, 1 / 60 / (2 / 61)]);
  });

  test('with equal weights the order is that of the plain fusion of the bench', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 8 }), { maxLength: 3 }), (lists) => {
        const plain = fuseRanks(lists.map((list) => list.map((document) => ({ document, score: 0 }))));
        const weighted = fuseCandidates(
          lists.map((list) => ({ weight: 1, rows: list.map((chunk) => candidate({ chunk_id: chunk })) })),
          60,
          null,
        );
        expect(weighted.map(({ chunk_id }) => chunk_id)).toEqual(plain.map(({ document }) => document));
      }),
    );
  });

  test('every row once, best first from 1 down, whatever the lists', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(-1, 0, 0.5, 1, 1.2), candidateLists), { maxLength: 3 }), (parts) => {
        const lists = parts.map(([weight, rows]) => ({ weight, rows }));
        const before = structuredClone(lists);
        const fused = fuseCandidates(lists, 60, 'low');
        expect(new Set(fused.map(rowId))).toEqual(new Set(lists.flatMap(({ rows }) => rows.map(rowId))));
        expect(new Set(fused.map(rowId)).size).toBe(fused.length);
        for (const [at, row] of fused.entries()) expect(row.score).toBeLessThanOrEqual(at === 0 ? 1 : fused[at - 1]!.score);
        expect(lists).toEqual(before);
      }),
    );
  });
});

describe('cosine blend', () => {
  test('mixes in the cosine where every row has one', () => {
    const rows = [candidate({ slug: 'a', score: 1, cosine: 0.1 }), candidate({ slug: 'b', score: 0.9, cosine: 0.9 })];
    const blended = blendCosine(rows, 0.3);
    expect(blended.map(({ slug }) => slug)).toEqual(['b', 'a']);
    expect(blended[0]!.score).toBeCloseTo(0.9, 12);
    expect(blended[1]!.score).toBeCloseTo(0.73, 12);
  });

  test('leaves the list alone where one row has none', () => {
    const rows = [candidate({ slug: 'a', cosine: 0.1 }), candidate({ slug: 'b', cosine: null })];
    expect(blendCosine(rows, 0.3)).toEqual(rows);
  });
});
