import { expect, test } from 'vitest';
import { renderProbe } from '../../../reports/probe/render-probe.ts';
import { probeHistorySchema } from '../../../schemas/probe-history.ts';
import { PROBE_FIXTURES } from '../../schemas/probe-fixtures.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';
import { poisonTexts } from '../shared/poison-texts.ts';

const HISTORY = probeHistorySchema.parse(PROBE_FIXTURES['probeHistorySchema']!.accepts[0]);
const EVENT = HISTORY.events[0]!;

test('days, cost and metrics of a night', () => {
  const files = renderProbe(HISTORY);
  expect(findMarkupFaults(files.at(-1)!.text)).toEqual([]);
  expect(files.at(-1)!.text).toContain('quality: 1 day pass.');
  expect(files.find(({ name }) => name === 'probe-history-cost.csv')!.text).toContain('2026-03-02,pass,0.35,0.31,0.062');
  // Five of five: 1 / (1 + z^2 / 5).
  expect(files.find(({ name }) => name === 'probe-history-metrics.csv')!.text).toContain(
    'pass_rate,quality,2026-03-02T06:40:00.000Z,1,0.5655',
  );
});

test('of several runs on one day the worst is told', () => {
  const history = { ...HISTORY, events: [{ ...EVENT, outcome: 'error' as const }, EVENT] };
  expect(renderProbe(history).find(({ name }) => name === 'probe-history-days.csv')!.text).toContain('2026-03-02,quality,error,2');
});

test('nothing yet, and turned off', () => {
  const page = renderProbe({ ...HISTORY, enabled: false, next_due: null, events: [] }).at(-1)!.text;
  expect(findMarkupFaults(page)).toEqual([]);
  expect(page).toContain('lauter probe nightly enable');
  expect(page).not.toContain('<figure');
});

test('hostile details and notices stay text', () => {
  const files = renderProbe(poisonTexts(probeHistorySchema, { ...HISTORY, events: [{ ...EVENT, outcome: 'error', detail: 'late' }] }));
  expect(findMarkupFaults(files.at(-1)!.text)).toEqual([]);
  expect(files.at(-1)!.text).not.toContain('<script');
  expect(files[0]!.text.replaceAll(/`+[^`]*`+/g, '')).not.toMatch(/(?<!\\)<script/);
});
