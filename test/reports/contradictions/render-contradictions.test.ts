import { expect, test } from 'vitest';
import { renderContradictions } from '../../../reports/contradictions/render-contradictions.ts';
import { contradictionReportSchema } from '../../../schemas/contradiction-report.ts';
import { contradictionTrendRowSchema } from '../../../schemas/contradiction-trend.ts';
import { CONTRADICTION_FIXTURES } from '../../schemas/contradiction-fixtures.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';
import { poisonTexts } from '../shared/poison-texts.ts';

const REPORT = contradictionReportSchema.parse(CONTRADICTION_FIXTURES['contradictionReportSchema']!.accepts[0]);
const ROW = contradictionTrendRowSchema.parse(CONTRADICTION_FIXTURES['contradictionTrendRowSchema']!.accepts[0]);

test('a page with its findings side by side and the trend', () => {
  const page = renderContradictions(REPORT, [ROW]).at(-1)!.text;
  expect(findMarkupFaults(page)).toEqual([]);
  expect(page).toContain('class="sides"');
  expect(page).toContain('class="command"');
});

test('HLT-1: when the judge failed, neither share nor interval is told', () => {
  const page = renderContradictions({
    ...REPORT,
    run_status: 'judge_failed',
    headline: null,
    calibration: { ...REPORT.calibration, wilson_ci_95: null },
    judge_errors: { ...REPORT.judge_errors, timeout: 5, total: 5 },
  }).at(-1)!.text;
  expect(page).toContain('not trustworthy');
  expect(page).not.toContain('Queries with a contradiction');
});

test('hostile passages stay text', () => {
  const files = renderContradictions(poisonTexts(contradictionReportSchema, REPORT), [poisonTexts(contradictionTrendRowSchema, ROW)]);
  expect(findMarkupFaults(files.at(-1)!.text)).toEqual([]);
  expect(files.at(-1)!.text).not.toContain('<script');
  expect(files[0]!.text.replaceAll(/`+[^`]*`+/g, '')).not.toMatch(/(?<!\\)<script/);
});
