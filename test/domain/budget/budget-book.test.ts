import { describe, expect, test } from 'vitest';
import { capBrokenBy, createBudgetBook, type BudgetBook } from '../../../domain/budget/index.ts';
import type { BudgetRow } from '../../../schemas/budget-row.ts';
import { fc } from '../../support/fast-check.ts';

const DAY = '2026-03-02';

function reserve(reservation: string, nano_usd: number, run_id = 'tide-1', day = DAY): BudgetRow {
  const of = { schema: 'budget-row/1', kind: 'reserve', reservation, at: `${day}T23:59:59.000Z`, run_id } as const;
  return { ...of, command: 'eval longmemeval', lane: 'reader', model: 'pilot', nano_usd, price_table: 'harbour-1' };
}

function settle(reservation: string, nano_usd: number, run_id = 'tide-1', day = DAY): BudgetRow {
  const of = { schema: 'budget-row/1', kind: 'settle', reservation, at: `${day}T23:59:59.000Z`, run_id } as const;
  return { ...of, nano_usd, input_tokens: null, output_tokens: null };
}

function bookOf(...rows: readonly BudgetRow[]): BudgetBook {
  const book = createBudgetBook();
  for (const row of rows) book.see(row);
  return book;
}

test('what is set aside counts in full, what is settled as it was settled', () => {
  const book = bookOf(reserve('a', 40), reserve('b', 30), settle('a', 7), reserve('c', 5, 'tide-2'), settle('c', 9, 'tide-2'));
  expect([book.ofRun('tide-1'), book.ofRun('tide-2'), book.ofRun('tide-3'), book.onDay(DAY)]).toEqual([37, 9, 0, 46]);
});

test('money counts on the day that it was set aside, whenever it is settled', () => {
  const book = bookOf(reserve('a', 40), settle('a', 25, 'tide-1', '2026-03-03'));
  expect([book.onDay(DAY), book.onDay('2026-03-03')]).toEqual([25, 0]);
});

test('a settlement without a reservation, a second one, and a reservation under a name that is open are refused', () => {
  expect(() => bookOf(settle('a', 1))).toThrow(RangeError);
  expect(() => bookOf(reserve('a', 1), settle('a', 1), settle('a', 1))).toThrow(RangeError);
  expect(() => bookOf(reserve('a', 1), reserve('a', 1))).toThrow(RangeError);
});

test('a book that goes on from another sees all of it and changes nothing of it', () => {
  const below = bookOf(reserve('a', 40), reserve('b', 30));
  const draft = createBudgetBook(below);
  draft.see(settle('a', 10));
  draft.see(reserve('c', 3));
  draft.see(settle('c', 2));
  expect([draft.ofRun('tide-1'), draft.onDay(DAY), below.ofRun('tide-1'), below.onDay(DAY)]).toEqual([42, 42, 70, 70]);
  expect([draft.open('a'), draft.open('b')?.nanoUsd, below.open('a')?.nanoUsd]).toEqual([undefined, 30, 40]);
  expect(() => draft.see(settle('a', 10))).toThrow(RangeError);
});

describe('caps', () => {
  const book = bookOf(reserve('a', 60), reserve('b', 30, 'tide-2'));
  const asked = (nanoUsd: number, run: number | null, day: number | null) =>
    capBrokenBy(nanoUsd, { book, caps: { run, day }, runId: 'tide-1', day: DAY });

  test.each([
    [40, 100, null, undefined],
    [41, 100, null, { refused: 'run', cap: 100, spent: 60 }],
    [10, null, 100, undefined],
    [11, null, 100, { refused: 'day', cap: 100, spent: 90 }],
    [50, 100, 100, { refused: 'run', cap: 100, spent: 60 }],
    [1_000_000, null, null, undefined],
  ])('%i with %s for the run and %s for the day', (nanoUsd, run, day, broken) => {
    expect(asked(nanoUsd, run, day)).toEqual(broken);
  });

  test('a cap of 0 lets nothing that costs through', () => {
    const nothing = { book: createBudgetBook(), runId: 'tide-1', day: DAY };
    expect(capBrokenBy(1, { ...nothing, caps: { run: 0, day: null } })).toMatchObject({ refused: 'run' });
    expect(capBrokenBy(1, { ...nothing, caps: { run: null, day: 0 } })).toMatchObject({ refused: 'day' });
  });
});

test('whoever asks before each reservation and settles within it never passes the cap, in any order', () => {
  const steps = fc.array(fc.record({ most: fc.integer({ min: 1, max: 50 }), used: fc.nat(50), settlesAfter: fc.nat(5) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 300 }), (calls, cap) => {
      const book = createBudgetBook();
      const due: { id: string; nanoUsd: number; at: number }[] = [];
      for (const [at, { most, used, settlesAfter }] of calls.entries()) {
        for (const { id, nanoUsd } of due.filter((each) => each.at === at)) book.see(settle(id, nanoUsd));
        if (capBrokenBy(most, { book, caps: { run: cap, day: null }, runId: 'tide-1', day: DAY }) !== undefined) continue;
        book.see(reserve(`call-${at}`, most));
        due.push({ id: `call-${at}`, nanoUsd: Math.min(used, most), at: at + 1 + settlesAfter });
        expect(book.ofRun('tide-1')).toBeLessThanOrEqual(cap);
      }
      expect(book.ofRun('tide-1')).toBeLessThanOrEqual(cap);
    }),
  );
});
