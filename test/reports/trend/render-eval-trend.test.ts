import { expect, test } from 'vitest';
import { renderEvalTrend } from '../../../reports/trend/render-eval-trend.ts';
import type { EvalTrend, TrendPoint } from '../../../schemas/eval-trend.ts';
import { POISON } from '../distill/poison.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';
import { TREND, TREND_POINT } from '../../schemas/trend-fixtures-data.ts';

function render(trend: EvalTrend): { page: string; markdown: string; csv: string } {
  const files = renderEvalTrend(trend);
  const textOf = (name: string): string => files.find((file) => file.name === name)!.text;
  return { page: files.at(-1)!.text, markdown: textOf('eval-trend.md'), csv: textOf('eval-trend-records.csv') };
}

function withPoints(...points: Partial<TrendPoint>[]): EvalTrend {
  return { ...TREND, series: [{ ...TREND.series[0]!, points: points.map((point) => ({ ...TREND_POINT, ...point })) }] };
}

test('the figure says what it shows, and has its table below it', () => {
  const { page, csv } = render(withPoints({}, { value: 0.9, starts_anew: false }));
  expect(findMarkupFaults(page)).toEqual([]);
  expect(page).toContain('2 records, last 0.9000, before it 0.8000');
  expect(page.indexOf('<table>')).toBeGreaterThan(page.indexOf('<figcaption>'));
  expect(csv.split('\n')).toHaveLength(1 + 2 + 1);
});

test('what cannot be compared is not set against what was before', () => {
  const { page } = render(withPoints({}, { value: 0.9, starts_anew: true, changed: ['dataset'] }));
  expect(page).toContain('2 records, last 0.9000.');
  expect(page).not.toContain('before it');
  expect(page).not.toContain('eval compare --runs');
});

test('hostile names stay text, and stand in no command', () => {
  const { page, markdown } = render({
    ...withPoints({ run_uid: POISON, note: POISON, commit: POISON }, { run_uid: POISON, starts_anew: false }),
    notices: [POISON],
  });
  expect(findMarkupFaults(page)).toEqual([]);
  expect(page).not.toContain('<script');
  expect(page).not.toContain('eval compare --runs');
  expect(markdown.replaceAll(/`+[^`]*`+/g, '')).not.toMatch(/(?<!\\)<script/);
});

test('no record, and none with a value', () => {
  for (const trend of [{ ...TREND, series: [] }, withPoints({ value: null, ci95: null, status: 'failed' as const })]) {
    const { page } = render(trend);
    expect(findMarkupFaults(page)).toEqual([]);
    expect(page).not.toContain('<figure');
  }
});
