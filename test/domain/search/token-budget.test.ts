import { describe, expect, test } from 'vitest';
import { applyTokenBudget, countTokens } from '../../../domain/search/index.ts';
import { fc } from '../../support/fast-check.ts';

const row = (title: number, text = 0) => ({ title: 't'.repeat(title), text: 'x'.repeat(text), score: 1 });

describe('token budget', () => {
  test('TOK-1 a token is four characters, begun ones counted', () => {
    expect(['', null, undefined, 'a', 'abcd', 'abcde', 'a'.repeat(100), 'a'.repeat(401)].map(countTokens)).toEqual([
      0, 0, 0, 1, 1, 2, 25, 101,
    ]);
  });

  test('TOK-2 rows are taken up to the first that does not fit', () => {
    const rows = Array.from({ length: 4 }, () => row(4, 4));
    expect(applyTokenBudget(rows, 5, true)).toEqual({
      rows: rows.slice(0, 2),
      budget: { budget: 5, used: 4, kept: 2, dropped: 2, truncated: false },
    });
    // A small one behind a large one is not taken: the prefix is strict.
    expect(applyTokenBudget([row(4), row(40), row(4)], 5, true).budget).toMatchObject({ kept: 1, dropped: 2 });
  });

  test.each([undefined, null, 0, -5, NaN])('TOK-3 a budget of %s leaves the list as it is', (budget) => {
    const rows = [row(400), row(4, 4)];
    const { rows: kept, budget: told } = applyTokenBudget(rows, budget, true);
    expect(kept).toBe(rows);
    expect(told).toEqual({ budget: 0, used: 102, kept: 2, dropped: 0, truncated: false });
  });

  test('TOK-5 what does not fit at all is cut, or dropped where it may not be', () => {
    const rows = [row(100, 30), row(4)];
    const before = structuredClone(rows);
    const { rows: kept, budget } = applyTokenBudget(rows, 5, true);
    expect(kept).toEqual([{ title: 't'.repeat(20), text: '', score: 1 }]);
    expect(budget).toEqual({ budget: 5, used: 5, kept: 1, dropped: 1, truncated: true });
    expect(rows).toEqual(before);
    expect(applyTokenBudget(rows, 5, false)).toEqual({ rows: [], budget: { budget: 5, used: 0, kept: 0, dropped: 2, truncated: false } });
  });

  test('TOK-5 a title that fits stays whole, and the text gets the rest', () => {
    expect(applyTokenBudget([row(10, 100)], 5, true).rows).toEqual([{ title: 't'.repeat(10), text: 'x'.repeat(8), score: 1 }]);
    expect(applyTokenBudget([row(17, 100)], 5, true).rows).toEqual([{ title: 't'.repeat(17), text: '', score: 1 }]);
  });

  test('TOK-6 the order is the caller’s, whatever the scores', () => {
    const low = { ...row(4), score: 0.1 };
    const high = { ...row(4), score: 0.9 };
    expect(applyTokenBudget([low, high], 1, true).rows).toEqual([low]);
  });

  test('a cut never splits a surrogate pair', () => {
    const [kept] = applyTokenBudget([{ title: '', text: `abc${'🌊'.repeat(9)}` }], 1, true).rows;
    expect(kept!.text).toBe('abc');
  });

  test('nothing ever costs more than the budget, and kept and dropped are all there were', () => {
    const rows = fc.array(fc.record({ title: fc.string({ unit: 'binary' }), text: fc.string({ unit: 'binary', maxLength: 60 }) }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 30 }), fc.boolean(), (list, budget, canCut) => {
        const { rows: kept, budget: told } = applyTokenBudget(list, budget, canCut);
        expect(told.used).toBe(kept.reduce((sum, { title, text }) => sum + countTokens(title) + countTokens(text), 0));
        expect(told.used).toBeLessThanOrEqual(budget);
        expect(told.kept).toBe(kept.length);
        expect(told.kept + told.dropped).toBe(list.length);
        if (canCut && list.length > 0) expect(kept).not.toEqual([]);
        if (!told.truncated) expect(kept).toEqual(list.slice(0, kept.length));
      }),
    );
  });
});
