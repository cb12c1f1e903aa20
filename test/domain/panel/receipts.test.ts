import { expect, test } from 'vitest';
import { isSlug, receiptName, receiptSlot } from '../../../domain/panel/index.ts';

test.each(['tide-tables', 'Tide_2', '7'])('%s is a slug', (slug) => {
  expect(isSlug(slug)).toBe(true);
});

test.each(['', '-tide', '_tide', 'tide tables', 'tide/tables', '../tide', 'tide.json', 'tidé', 'tide\n'])('%j is none', (slug) => {
  expect(isSlug(slug)).toBe(false);
});

test('a receipt goes by slug, output and cycle', () => {
  expect(receiptName({ slug: 'tide', outputSha8: '0a1b2c3d', cycle: 1 })).toBe('tide-0a1b2c3d.json');
  expect(receiptName({ slug: 'tide', outputSha8: '0a1b2c3d', cycle: 3 })).toBe('tide-0a1b2c3d.cycle3.json');
});

test('a judge stands in a receipt with its scores and reasons, or with why it has none', () => {
  const judge = { id: 'a', model: 'pilot-8b' };
  const scored = {
    ...judge,
    ok: true,
    scores: { goal: 8, depth: 6 },
    feedback: { goal: 'All of it.' },
    improvements: ['Name the berth.'],
  } as const;
  expect(receiptSlot(scored)).toEqual({
    ...judge,
    ok: true,
    parsed: { scores: { goal: { score: 8, feedback: 'All of it.' }, depth: { score: 6 } }, improvements: ['Name the berth.'] },
  });
  expect(receiptSlot({ ...judge, ok: false, error: 'it hung' })).toEqual({ ...judge, ok: false, error: 'it hung' });
});
