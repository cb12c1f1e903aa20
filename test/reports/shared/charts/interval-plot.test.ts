import { describe, expect, test } from 'vitest';
import { drawIntervalPlot, type IntervalPlot } from '../../../../reports/shared/charts/interval-plot.ts';
import { LAYOUTS, type Layout } from '../../../../reports/shared/charts/layout.ts';
import { findMarkupFaults } from '../markup-check.ts';

const hostile = '"><img src=x onerror=fog()> {b} {a|x} \u001b[2J';

const plot: IntervalPlot = {
  id: 'beams',
  title: `Beams ${hostile}`,
  mark: 0,
  rows: [
    { label: 'north light', note: '+0.20', value: 0.2, interval: [0.1, 0.3], colour: 'accepted' },
    { label: hostile, note: hostile, value: -0.1, interval: [-0.2, 0.1], colour: 'review' },
    { label: 'one lamp only', note: '0.00', value: 0, interval: null, colour: 'review' },
  ],
};

const layouts = LAYOUTS.map((layout): [string, Layout] => [layout.name, layout]);

describe.each(layouts)('%s', (_name, layout) => {
  const svg = drawIntervalPlot(plot, layout).html;

  test('is one well-formed picture, the same every time, with hostile text as text', () => {
    expect(findMarkupFaults(svg)).toEqual([]);
    expect(svg).toBe(drawIntervalPlot(plot, layout).html);
    expect(svg).not.toContain('<img');
    expect(svg).toContain('aria-label="Beams ');
  });

  test('draws a line for each interval and a dot for each value', () => {
    const count = (pattern: RegExp): number => svg.match(pattern)?.length ?? 0;
    expect([count(/fill="none" stroke="var\(--accepted\)"/g), count(/fill="none" stroke="var\(--review\)"/g)]).toEqual([1, 2]);
    expect([count(/fill="var\(--accepted\)"/g), count(/fill="var\(--review\)"/g)]).toEqual([1, 2]);
  });
});

test('all rows stand on one scale', () => {
  const svg = drawIntervalPlot(plot, { name: 'wide', widthPx: 920 }).html;
  const ends = (colour: string): number[] => {
    const [, from, to] = new RegExp(`d="M([\\d.]+) [^"]*L([\\d.]+) [\\d.]+" fill="none" stroke="var\\(--${colour}\\)"`).exec(svg) ?? [];
    return [Number(from), Number(to)];
  };
  const [accepted, review] = [ends('accepted'), ends('review')];
  // From -0.2 to 0.1 is as long as from 0.1 to 0.4, of which 0.1 to 0.3 is two thirds.
  expect((accepted[1]! - accepted[0]!) / (review[1]! - review[0]!)).toBeCloseTo(2 / 3, 2);
  expect(accepted[0]).toBeCloseTo(review[1]!, 0);
});
