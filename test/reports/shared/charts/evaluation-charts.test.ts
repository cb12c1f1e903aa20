import { describe, expect, test } from 'vitest';
import { drawBubblePlot, type BubblePlot } from '../../../../reports/shared/charts/bubble-plot.ts';
import { drawFrontPlot, type FrontPlot } from '../../../../reports/shared/charts/front-plot.ts';
import { drawHeatMap, type HeatMap } from '../../../../reports/shared/charts/heat-map.ts';
import { drawIntervalPlot, type IntervalPlot } from '../../../../reports/shared/charts/interval-plot.ts';
import { LAYOUTS, type Layout } from '../../../../reports/shared/charts/layout.ts';
import { drawTrendLines, type TrendLines } from '../../../../reports/shared/charts/trend-lines.ts';
import { findMarkupFaults } from '../markup-check.ts';

const hostile = '"><img src=x onerror=fog()> {b} {a|x} \u001b[2J';

const bubbles: BubblePlot = {
  id: 'tides',
  title: `Tides ${hostile}`,
  panels: [
    {
      across: hostile,
      upwards: 'spring tide',
      bubbles: [
        { x: 0, y: 1, count: 4 },
        { x: 1, y: 0, count: 1 },
        { x: 1, y: 1, count: 100 },
      ],
    },
    { across: 'neap', upwards: 'spring', bubbles: [] },
  ],
};

const heat: HeatMap = {
  id: 'orchard',
  title: `Orchard ${hostile}`,
  columns: ['quinces', hostile],
  rows: [
    {
      label: hostile,
      cells: [
        { value: 0.5, text: '0.5000', note: 'n 12' },
        { value: null, text: 'n/a', note: hostile },
      ],
    },
    {
      label: 'pears',
      cells: [
        { value: 1, text: '1.0000', note: 'n 3' },
        { value: 0, text: '0.0000', note: 'n 3' },
      ],
    },
  ],
};

const front: FrontPlot = {
  id: 'lamps',
  title: `Lamps ${hostile}`,
  costTitle: hostile,
  worthTitle: 'light',
  showCost: (usd) => `$${usd}`,
  points: [
    { label: 'oil', cost: 1, worth: 0.5, interval: [0.4, 0.6], isOnFront: true },
    { label: hostile, cost: 2, worth: 0.4, interval: null, isOnFront: false },
    { label: 'arc', cost: 3, worth: 0.9, interval: [0.8, 1], isOnFront: true },
  ],
};

const point = { label: '2026-03-01', interval: null, marks: '', startsAnew: false };
const trend: TrendLines = {
  id: 'log',
  title: `Log ${hostile}`,
  panels: [
    {
      title: hostile,
      points: [
        { ...point, value: 0.5, interval: [0.4, 0.6], startsAnew: true },
        { ...point, value: 0.6, marks: 'K' },
        { ...point, value: 0.7, marks: hostile, startsAnew: true },
        { ...point, value: 0.8 },
        { ...point, value: null },
      ],
    },
    { title: 'one', points: [{ ...point, value: 1, startsAnew: true }] },
    { title: 'none', points: [] },
  ],
};

const forest: IntervalPlot = {
  id: 'beams',
  title: `Beams ${hostile}`,
  mark: 0,
  showScale: (value) => value.toFixed(1),
  rows: [
    { heading: hostile },
    { label: 'north', note: '+0.20, significant', value: 0.2, interval: [0.1, 0.3], colour: 'accepted', shape: 'diamond' },
    { heading: 'south minus north' },
    { label: 'south', note: 'not significant', value: -0.1, interval: [-0.2, 0.1], colour: 'neutral', shape: 'ring' },
  ],
};

const layouts = LAYOUTS.map((layout): [string, Layout] => [layout.name, layout]);

describe.each(layouts)('%s', (_name, layout) => {
  const pictures = {
    bubbles: () => drawBubblePlot(bubbles, layout).html,
    heat: () => drawHeatMap(heat, layout).html,
    front: () => drawFrontPlot(front, layout).html,
    trend: () => drawTrendLines(trend, layout).html,
    forest: () => drawIntervalPlot(forest, layout).html,
  };

  test.each(Object.entries(pictures))('%s is one well-formed picture, the same every time, with hostile text as text', (_kind, draw) => {
    const svg = draw();
    expect(findMarkupFaults(svg)).toEqual([]);
    expect(svg.match(/<svg /g)).toHaveLength(1);
    expect(svg).toBe(draw());
    expect(svg).not.toContain('<img');
    expect(svg).not.toContain('NaN');
  });

  test('a bubble is as large as its count: 100 items have 5 times the width of 4', () => {
    const sizes = [
      ...pictures.bubbles().matchAll(/transform="matrix\(([\d.]+),0,0,[\d.]+,[\d.]+,[\d.]+\)"[^>]*fill="var\(--(accepted|neutral)\)"/g),
    ];
    const size = (tone: string): number => Number(sizes.find(([, , found]) => found === tone)?.[1]);
    expect(size('neutral') / size('accepted')).toBeCloseTo(5, 1);
  });

  test('each cell of the map says its value and on how many it rests, hidden or not by its colour', () => {
    const svg = pictures.heat();
    for (const text of ['0.5000', 'n 12', 'n/a', '0.0000']) expect(svg).toContain(text);
    expect(svg).toContain('{b} {a|x}');
  });

  test('a line joins what can be compared: two of the four points, twice', () => {
    const joined = [...pictures.trend().matchAll(/d="M([\d.]+) [\d.]+L([\d.]+) [\d.]+" fill="none" stroke="var\(--partial\)"/g)];
    const slanted = joined.filter(([, from, to]) => from !== to);
    expect(slanted).toHaveLength(2);
  });

  test('headings stand in the forest, and shapes tell significant rows from others', () => {
    const svg = pictures.forest();
    expect(svg).toContain('south minus north');
    // A ring is filled with the surface, a diamond with its colour.
    expect(svg).toMatch(/fill="var\(--surface\)"[^>]*stroke="var\(--neutral\)"/);
    expect(svg).toMatch(/fill="var\(--accepted\)"/);
  });
});

test('what does not cost and is alone is drawn, too', () => {
  const [only] = front.points;
  const alone = { ...front, points: [{ ...only!, cost: 0, interval: null }] };
  for (const [, layout] of layouts) expect(drawFrontPlot(alone, layout).html).not.toContain('NaN');
});
