import { describe, expect, test } from 'vitest';
import { LAYOUTS, type Layout } from '../../../../reports/shared/charts/layout.ts';
import { drawRankMoves, moveColour, type RankMoves } from '../../../../reports/shared/charts/rank-moves.ts';
import { findMarkupFaults } from '../markup-check.ts';

const hostile = '"><img src=x onerror=fog()> {b} {a|x} \u001b[2J';

const moves: RankMoves = {
  id: 'tides',
  title: 'Tides',
  most: 3,
  panels: [
    {
      title: `the tide ${hostile}`,
      moves: [
        { label: 'north quay', before: 1, now: 2 },
        { label: hostile, before: 2, now: 1 },
        { label: 'old loft', before: 3, now: null },
        { label: 'new barn', before: null, now: 3 },
        { label: 'far below', before: 4, now: 9 },
      ],
    },
    { title: 'the loft', moves: [{ label: 'same', before: 1, now: 1 }] },
  ],
};

const layouts = LAYOUTS.map((layout): [string, Layout] => [layout.name, layout]);

describe.each(layouts)('%s', (_name, layout) => {
  const svg = drawRankMoves(moves, layout).html;

  test('is well-formed, the same every time, with hostile text as text', () => {
    expect(findMarkupFaults(`<figure>${svg}</figure>`)).toEqual([]);
    expect(svg).toBe(drawRankMoves(moves, layout).html);
    expect(svg).not.toContain('<img');
  });

  test('has a panel for each list, and a line for each page that stayed or moved within the places shown', () => {
    expect(svg.match(/<svg /g)).toHaveLength(2);
    const lines = (colour: string): number => svg.match(new RegExp(`fill="none" stroke="var\\(--${colour}\\)"`, 'g'))?.length ?? 0;
    expect([lines('partial'), lines('neutral')]).toEqual([2, 1]);
  });

  test('tells somebody who cannot see it where each page went', () => {
    expect(svg).toContain('north quay from 1 to 2');
    expect(svg).toContain('old loft left place 3');
    expect(svg).toContain('new barn came to 3');
  });
});

test('a page stayed, moved, left or came', () => {
  expect(moveColour({ before: 1, now: 1 })).toBe('neutral');
  expect(moveColour({ before: 1, now: 2 })).toBe('partial');
  expect(moveColour({ before: 1, now: null })).toBe('rejected');
  expect(moveColour({ before: null, now: 1 })).toBe('accepted');
});
