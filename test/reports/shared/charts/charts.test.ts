import { describe, expect, test } from 'vitest';
import { drawFlow } from '../../../../reports/shared/charts/flow.ts';
import type { Flow } from '../../../../reports/shared/charts/flow.ts';
import { LAYOUTS } from '../../../../reports/shared/charts/layout.ts';
import type { Layout } from '../../../../reports/shared/charts/layout.ts';
import { drawSmallMultiples } from '../../../../reports/shared/charts/small-multiples.ts';
import type { SmallMultiples } from '../../../../reports/shared/charts/small-multiples.ts';
import { drawStackedBars } from '../../../../reports/shared/charts/stacked-bars.ts';
import type { StackedBars } from '../../../../reports/shared/charts/stacked-bars.ts';
import { findMarkupFaults } from '../markup-check.ts';

const hostile = '"><img src=x onerror=brew()> {b} {a|x} \u001b[2J';

const flow: Flow = {
  id: 'brew',
  title: `Grain into wort ${hostile}`,
  nodes: [
    { key: 'grain', label: 'Grain', rows: 100, of: 100, colour: 'neutral' },
    { key: 'wort', label: hostile, shortLabel: 'Wort', rows: 75, of: 100, colour: 'accepted' },
    { key: 'draff', label: 'Draff', rows: 25, of: 100, colour: 'rejected' },
    { key: 'spilt', label: 'Spilt', rows: 0, of: 100, colour: 'review' },
  ],
  links: [
    { from: 'grain', to: 'wort', rows: 75 },
    { from: 'grain', to: 'draff', rows: 25 },
    { from: 'grain', to: 'spilt', rows: 0 },
  ],
};

const bars: StackedBars = {
  id: 'vats',
  title: `Vats ${hostile}`,
  parts: [
    { label: 'Clear', colour: 'accepted' },
    { label: 'Cloudy', colour: 'review' },
  ],
  bars: [
    { label: 'north vat', note: '40 litres', values: [30, 10] },
    { label: hostile, note: '0 litres', values: [0, 0] },
  ],
  scale: 'share',
};

const lines: SmallMultiples = {
  id: 'brews',
  title: `Brews ${hostile}`,
  panels: [
    { label: 'Litres', note: '30', values: [10, 20, 30], colour: 'partial' },
    { label: hostile, note: 'not counted', values: [5, null, 5, null], colour: 'review' },
    { label: 'One', note: '7', values: [7], colour: 'partial' },
    { label: 'None', note: hostile, values: [], colour: 'partial' },
  ],
};

const layouts = LAYOUTS.map((layout): [string, Layout] => [layout.name, layout]);

describe.each(layouts)('%s', (_name, layout) => {
  const pictures = {
    flow: () => drawFlow(flow, layout).html,
    bars: () => drawStackedBars(bars, layout).html,
    lines: () => drawSmallMultiples(lines, layout).html,
  };

  test.each(['flow', 'bars', 'lines'] as const)('the %s are sound markup and nothing else', (kind) => {
    const svg = pictures[kind]();
    expect(findMarkupFaults(svg)).toEqual([]);
    expect(svg).not.toMatch(/<style|<script|<image|https?:|url\(|zr\d/);
    expect(svg).toMatch(new RegExp(`^<svg viewBox="0 0 ${layout.widthPx} \\d+" width="\\d+" height="\\d+" role="img" aria-label="`));
  });

  test.each(['flow', 'bars', 'lines'] as const)('the %s are the same bytes every time', (kind) => {
    expect(pictures[kind]()).toBe(pictures[kind]());
  });

  test.each(['flow', 'bars', 'lines'] as const)('the %s take every colour from the page', (kind) => {
    const colours = [...pictures[kind]().matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour);
    expect(colours.length).toBeGreaterThan(4);
    for (const colour of colours) expect(colour).toMatch(/^(none|var\(--[a-z]+\))$/);
  });
});

test('a band is as thick as its rows', () => {
  const bands = drawFlow(flow, { name: 'wide', widthPx: 920 })
    .html.split('\n')
    .filter((line) => line.includes('fill-opacity'));
  const [wort = 0, draff = 0] = bands.map(thicknessOf);
  expect(bands).toHaveLength(2);
  expect(wort / draff).toBeCloseTo(3, 2);
});

test('a part is as long as its share', () => {
  const parts = drawStackedBars(bars, { name: 'wide', widthPx: 920 })
    .html.split('\n')
    .filter((line) => line.startsWith('<path') && /fill="var\(--(accepted|review)\)"/.test(line));
  const [clear = 0, cloudy = 0] = parts.map((line) => Number(/l(\d+(?:\.\d+)?) 0/.exec(line)?.[1] ?? 0)).filter((length) => length > 1);
  expect(clear / cloudy).toBeCloseTo(3, 1);
});

test('a line rises as its values do, from a scale that begins at 0', () => {
  const svg = drawSmallMultiples({ ...lines, panels: lines.panels.slice(0, 1) }, { name: 'wide', widthPx: 920 }).html;
  const [, start = 0, middle = 0, end = 0] = (/d="M[\d.]+ ([\d.]+)L[\d.]+ ([\d.]+)L[\d.]+ ([\d.]+)" fill="none"/.exec(svg) ?? []).map(
    Number,
  );
  expect(start).toBeGreaterThan(middle);
  expect(start - middle).toBeCloseTo(middle - end, 0);
  // A third of the way up is 10 of 30.
  const [, base = 0] = (/d="M[\d.]+ ([\d.]+)L[\d.]+ [\d.]+" fill="none" stroke="var\(--line\)"/.exec(svg) ?? []).map(Number);
  expect((base - start) * 3).toBeCloseTo(base - end, -1);
});

test('a narrow flow uses short labels and stands them on two lines', () => {
  const svg = drawFlow(flow, { name: 'narrow', widthPx: 328 }).html;
  expect(svg).toContain('>Wort</text>');
  expect(svg).toContain('>75 · 75.0%</text>');
});

/** The outline starts with the upper left corner and ends with the lower left one. */
function thicknessOf(path: string): number {
  const [, start = 0, end = 0] = (/d="M[\d.]+ ([\d.]+)C.* [\d.]+ ([\d.]+)Z"/.exec(path) ?? []).map(Number);
  return end - start;
}
