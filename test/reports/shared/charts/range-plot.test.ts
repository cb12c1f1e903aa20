import { describe, expect, test } from 'vitest';
import { LAYOUTS, type Layout } from '../../../../reports/shared/charts/layout.ts';
import { drawRangePlot, type RangePlot } from '../../../../reports/shared/charts/range-plot.ts';
import { findMarkupFaults } from '../markup-check.ts';

const hostile = '"><img src=x onerror=fog()> {b} {a|x} \u001b[2J';

const plot: RangePlot = {
  id: 'beams',
  title: `Beams ${hostile}`,
  rows: [
    { label: 'north light', note: '0.40–0.41', offsets: [0, 0.25, 0.5], colour: 'accepted' },
    { label: hostile, note: hostile, offsets: [0, 40], colour: 'rejected' },
    { label: 'dark', note: 'n/a', offsets: [], colour: 'accepted' },
  ],
};

const layouts = LAYOUTS.map((layout): [string, Layout] => [layout.name, layout]);

describe.each(layouts)('%s', (_name, layout) => {
  const svg = drawRangePlot(plot, layout).html;

  test('is one well-formed picture, the same every time, with hostile text as text', () => {
    expect(findMarkupFaults(svg)).toEqual([]);
    expect(svg).toBe(drawRangePlot(plot, layout).html);
    expect(svg).not.toContain('<img');
    expect(svg).toContain('aria-label="Beams ');
  });

  test('draws a band for each row and a dot for each value', () => {
    expect(svg.match(/stroke="var\(--bar\)"/g)).toHaveLength(3);
    const dots = (colour: string): number => svg.match(new RegExp(`fill="var\\(--${colour}\\)"`, 'g'))?.length ?? 0;
    expect([dots('accepted'), dots('rejected')]).toEqual([3, 2]);
  });
});

test('places are shares of the band, and what lies far beyond it stands at the edge', () => {
  const svg = drawRangePlot(plot, { name: 'wide', widthPx: 920 }).html;
  const bands = [...svg.matchAll(/d="M([\d.]+) [\d.]+L([\d.]+) [\d.]+" fill="none" stroke="var\(--bar\)"/g)].map(([, from, to]) => [
    Number(from),
    Number(to),
  ]);
  const dotsOf = (colour: string): number[] =>
    [...svg.matchAll(new RegExp(`transform="matrix\\([\\d.]+,0,0,[\\d.]+,([\\d.]+),[\\d.]+\\)" fill="var\\(--${colour}\\)"`, 'g'))]
      .map(([, x]) => Number(x))
      .sort((left, right) => left - right);
  const [from = 0, to = 0] = bands[0] ?? [];
  const [zero = 0, quarter = 0, half = 0] = dotsOf('accepted');
  expect([zero, quarter, half].map((x) => Math.round(x - from))).toEqual([0, 0.25, 0.5].map((share) => Math.round(share * (to - from))));
  // Four bands from the smallest value.
  expect(Math.round(dotsOf('rejected')[1]! - from)).toBe(Math.round(4 * (to - from)));
});
