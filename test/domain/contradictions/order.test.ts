import { expect, test } from 'vitest';
import { filterByDates, judgeMessages, readDates, verdictKey, type CandidatePair } from '../../../domain/contradictions/index.ts';
import { findingId } from '../../../domain/contradictions/finding.ts';

type End = CandidatePair['a'];
const end = (more: Partial<End>): End => ({
  slug: 'harbour/north',
  source_id: 'default',
  chunk_id: 1,
  take_id: null,
  take_row_num: null,
  source_tier: 'other',
  holder: null,
  text: 'The north lock opens at six.',
  effective_date: null,
  effective_date_source: null,
  ...more,
});
const A = end({ effective_date: '2024-03-01', effective_date_source: 'front_matter' });
const B = end({
  slug: 'harbour/south',
  text: 'The north lock opens at nine.',
  effective_date: '2024-05-09',
  effective_date_source: 'import',
});
const question = { query: 'when does the north lock open', a: A, b: B, maxPairChars: 1_500 };
const JUDGE = { model: 'pilot', snapshot: null };

test('JDG a pair that is turned round is the same question under the same key, and the same finding', () => {
  const turned = { ...question, a: B, b: A };
  expect(judgeMessages(turned)).toEqual(judgeMessages(question));
  expect(verdictKey(turned, JUDGE)).toBe(verdictKey(question, JUDGE));
  const pair: CandidatePair = { kind: 'cross_slug_chunks', a: A, b: B, combined_score: 1 };
  expect(findingId({ ...pair, a: B, b: A })).toBe(findingId(pair));
});

test('JDG the judge sees a date with where it comes from, and never that of an import', () => {
  const shown = judgeMessages(question)[1]!.content;
  expect(shown).toContain('date="2024-03-01" date_source="front_matter"');
  expect(shown).not.toContain('2024-05-09');
});

test('JDG a take and a passage of the same words are two questions', () => {
  const take = { ...question, b: { ...B, take_row_num: 2 } };
  expect(verdictKey(take, JUDGE)).not.toBe(verdictKey(question, JUDGE));
});

test('DAT-9 an amount with any currency sign is no date, a year before one is', () => {
  expect(readDates('The crane cost ₹2000, then 2010 ₽.')).toEqual([]);
  expect(readDates('In 2024 $5 bought a crate.')).toHaveLength(1);
});

test('DAT-3 dates are apart from 31 days on, whichever of many lie closest', () => {
  const reason = (one: string, other: string) => filterByDates(end({ text: one }), end({ text: other })).reason;
  expect(reason('2024-01-01', '2024-02-01')).toBe('both_explicit_separated');
  expect(reason('2024-01-01', '2024-01-31')).toBe('overlapping_or_close');
  expect(reason('2024', '2024-06-01')).toBe('overlapping_or_close');
  expect(reason('2019-05-01\n\n2024-01-01', '2021-03-02\n\n2022-03-02')).toBe('both_explicit_separated');
  expect(reason('2022\n\n2023-01-05', '2020-01-01\n\n2022-12-30')).toBe('overlapping_or_close');
});
