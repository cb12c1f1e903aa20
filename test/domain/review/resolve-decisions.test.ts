import { expect, test } from 'vitest';
import { resolveDecisions } from '../../../domain/review/index.ts';
import { idOf } from './verdicts.ts';

const A1 = `a1${'0'.repeat(62)}`;
const A2 = `a2${'0'.repeat(62)}`;
const MATCHES = new Map([
  ['a1', [A1]],
  [A1, [A1]],
  ['a', [A1, A2]],
  ['c', [idOf('c'), A1, A2, idOf('d')]],
]);
const said = (line: number, id: string, verdict: 'yes' | 'no', by = 'pilot', note?: string) => ({
  line,
  id,
  verdict,
  by,
  ...(note === undefined ? {} : { note }),
});

test('an id, or a beginning that no other id shares, names its record', () => {
  expect(resolveDecisions([said(2, 'a1', 'yes'), said(3, A1, 'no', 'clerk')], MATCHES)).toEqual({
    decisions: [
      { line: 2, evidence_id: A1, verdict: 'yes', by: 'pilot' },
      { line: 3, evidence_id: A1, verdict: 'no', by: 'clerk' },
    ],
    faults: [],
  });
});

test('no record, several records', () => {
  expect(resolveDecisions([said(2, 'b', 'yes'), said(3, 'a', 'yes'), said(4, 'c', 'yes')], MATCHES)).toEqual({
    decisions: [],
    faults: [
      { line: 2, expected: 'the id of a record of the current version, or its beginning', found: 'b' },
      { line: 3, expected: 'the beginning of one id', found: `a, with which several begin: ${A1}, ${A2}` },
      { line: 4, expected: 'the beginning of one id', found: `c, with which several begin: ${idOf('c')}, ${A1}, ${A2}, …` },
    ],
  });
});

test('one person says two things of one record, under two spellings of its id', () => {
  expect(resolveDecisions([said(2, 'a1', 'yes'), said(9, A1, 'no')], MATCHES).faults).toEqual([
    { line: 9, expected: `one verdict of pilot on ${A1}`, found: 'no here and yes on line 2' },
  ]);
});

test('the same word twice is one verdict, with the note that came last', () => {
  const twice = [said(2, 'a1', 'yes', 'pilot', 'clear'), said(3, A1, 'yes'), said(4, A1, 'yes', 'pilot', 'very clear')];
  expect(resolveDecisions(twice, MATCHES)).toEqual({
    decisions: [{ line: 2, evidence_id: A1, verdict: 'yes', by: 'pilot', note: 'very clear' }],
    faults: [],
  });
});
