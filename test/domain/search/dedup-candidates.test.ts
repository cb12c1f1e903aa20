import { describe, expect, test } from 'vitest';
import { dedupCandidates, rowId, type Candidate } from '../../../domain/search/index.ts';
import { fc } from '../../support/fast-check.ts';
import { candidate, candidateLists } from '../../support/search-candidates.ts';

const LIMITS = { maxPerPage: 2, textJaccard: 0.85, typeRatio: 0.6 };
const TEXTS = ['Two piers and a pilot.', 'The tide turns at noon.', 'Cranes lift apples.', 'Ropes dry on deck.', 'Bells ring in fog.'];
const chunks = (count: number, fields: Partial<Candidate> = {}): Candidate[] =>
  TEXTS.slice(0, count).map((text, at) => candidate({ chunk_id: at, text, score: 1 - at / 10, ...fields }));
const ids = (rows: readonly Candidate[]): string[] => rows.map(rowId);

describe('dedup', () => {
  test('DED-1 of four chunks of one page two stay, three where three are wanted', () => {
    expect(dedupCandidates(chunks(4), LIMITS).map(({ chunk_id }) => chunk_id)).toEqual([0, 1]);
    expect(dedupCandidates(chunks(4), { ...LIMITS, maxPerPage: 3 }).map(({ chunk_id }) => chunk_id)).toEqual([0, 1, 2]);
    expect(dedupCandidates(chunks(5), { ...LIMITS, maxPerPage: 5 })).toHaveLength(3);
  });

  test('DED-3 the same slug in two sources is two pages, in one source one', () => {
    const two = [...chunks(2), ...chunks(2, { source_id: 'notes' })];
    expect(dedupCandidates(two, LIMITS)).toHaveLength(4);
    const one = chunks(4);
    expect(dedupCandidates(one, LIMITS)).toHaveLength(2);
  });

  test('DED-4 a page with timeline rows alone shows its compiled truth in the place of the lowest of them', () => {
    const [first, second, third] = chunks(3, { kind: 'timeline' });
    const compiled = candidate({ chunk_id: 9, kind: 'compiled_truth', text: 'Kotor is a harbour.', score: 0.1 });
    const kept = dedupCandidates([first!, second!, third!, compiled], LIMITS);
    expect(kept.map(({ chunk_id }) => chunk_id)).toEqual([0, 9]);
    expect(kept[1]!.score).toBe(second!.score);
  });

  test('a page that shows compiled truth already keeps its rows, and no page is shown for its sake alone', () => {
    const rows = [candidate({ chunk_id: 5, kind: 'compiled_truth', text: 'Kotor is a harbour.' }), ...chunks(1)];
    expect(dedupCandidates(rows, LIMITS).map(({ chunk_id }) => chunk_id)).toEqual([5, 0]);
  });

  test('rows of one page that say nearly the same are one; on different pages they stay', () => {
    // 6 of 7 words shared: 0.857.
    const [one, other] = ['tides rise and fall at noon', 'tides rise and fall at noon, pilot'];
    const alike = [candidate({ chunk_id: 1, text: one }), candidate({ chunk_id: 2, text: other })];
    expect(dedupCandidates(alike, LIMITS).map(({ chunk_id }) => chunk_id)).toEqual([1]);
    expect(dedupCandidates(alike, { ...LIMITS, textJaccard: 0.86 })).toHaveLength(2);
    expect(dedupCandidates(alike, { ...LIMITS, textJaccard: 1 })).toHaveLength(2);
    const apart = alike.map((row, at) => candidate({ ...row, slug: `harbours/${at}`, key: `default::harbours/${at}` }));
    expect(dedupCandidates(apart, LIMITS)).toHaveLength(2);
  });

  test('a row that went does not count against later ones', () => {
    const [a, b, c] = chunks(3);
    const rows = [a!, candidate({ ...a!, chunk_id: 7 }), b!, c!];
    expect(dedupCandidates(rows, { ...LIMITS, maxPerPage: 3 }).map(({ chunk_id }) => chunk_id)).toEqual([0, 1]);
  });

  test('a type has six rows of ten, unless there is no other', () => {
    const pages = (type: string, count: number): Candidate[] =>
      Array.from({ length: count }, (_, at) => candidate({ slug: `${type}/${at}`, facts: { type } }));
    const kept = dedupCandidates([...pages('harbour', 8), ...pages('orchard', 2)], LIMITS);
    expect(kept.map(({ slug }) => slug)).toEqual([...Array.from({ length: 6 }, (_, at) => `harbour/${at}`), 'orchard/0', 'orchard/1']);
    expect(dedupCandidates(pages('harbour', 8), LIMITS)).toHaveLength(8);
    expect(dedupCandidates([...pages('harbour', 8), ...pages('orchard', 2)], { ...LIMITS, typeRatio: 1 })).toHaveLength(10);
  });

  test('holds of any list: nothing new, nothing doubled, order and limits kept, the input untouched', () => {
    fc.assert(
      fc.property(candidateLists, fc.integer({ min: 1, max: 3 }), (list, maxPerPage) => {
        const unique = list.filter((row, at) => list.findIndex((other) => rowId(other) === rowId(row)) === at);
        const before = structuredClone(unique);
        const kept = dedupCandidates(unique, { ...LIMITS, maxPerPage });
        expect(unique).toEqual(before);
        expect(new Set(ids(kept)).size).toBe(kept.length);
        expect(ids(unique)).toEqual(expect.arrayContaining(ids(kept)));
        for (const [at, row] of kept.entries()) if (at > 0) expect(row.score).toBeLessThanOrEqual(kept[at - 1]!.score);
        const keys = kept.map(({ key }) => key);
        for (const key of keys) expect(keys.filter((other) => other === key).length).toBeLessThanOrEqual(maxPerPage);
      }),
    );
  });
});
