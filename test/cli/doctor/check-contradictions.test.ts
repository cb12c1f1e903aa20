import { describe, expect, test } from 'vitest';
import { openContradictionLedger } from '../../../adapters/files/contradiction-ledger.ts';
import { openWorkStore } from '../../../adapters/work-store.ts';
import { checkContradictions } from '../../../cli/doctor/check-contradictions.ts';
import { contradictionTrendRowSchema, type ContradictionTrendRow } from '../../../schemas/contradiction-trend.ts';
import { contradictionRun, findingOf } from '../../support/contradiction-runs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOW_MS = Date.parse('2026-03-02T12:00:00.000Z');

function workspaceWith(...rows: readonly ContradictionTrendRow[]): string {
  const root = temporaryFolder();
  for (const row of rows) openWorkStore(root, 'contradictions').write(row.run_id, 'trend-row', contradictionTrendRowSchema.parse(row));
  return root;
}

const look = (root: string) => checkContradictions({ root, options: {} }, NOW_MS);

describe('well', () => {
  test('no run in 7 days', async () => {
    const old = contradictionRun([findingOf(1)], { ran_at: '2026-02-23T11:59:59.000Z' });
    expect(await look(workspaceWith(old))).toMatchObject({ name: 'contradictions', status: 'ok', message: 'no run in 7 days' });
  });
  test('the latest run found nothing, whatever one before it found', async () => {
    const before = contradictionRun([findingOf(1)], { run_id: 'contradictions-0', ran_at: '2026-03-01T03:31:00.000Z' });
    expect(await look(workspaceWith(contradictionRun([]), before))).toMatchObject({
      status: 'ok',
      message: 'run of 2026-03-02T03:31:00.000Z: nothing found',
    });
  });
  test('findings without HIGH', async () => {
    const findings = [findingOf(1, 'medium'), findingOf(2, 'low')];
    expect(await look(workspaceWith(contradictionRun(findings)))).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('2 findings, none HIGH') as string,
    });
  });
  test('HIGH ones that people have decided about', async () => {
    const root = workspaceWith(contradictionRun([findingOf(1)]));
    await openContradictionLedger(root).append({
      schema: 'contradiction-decision/1',
      finding_id: findingOf(1).finding_id,
      as: 'manual_review',
      by: 'keeper',
      run_id: 'contradictions-1',
      recorded_at: '2026-03-02T08:00:00.000Z',
    });
    expect(await look(root)).toMatchObject({ status: 'ok', message: expect.stringContaining('1 HIGH, all decided') as string });
  });
});

describe('not well', () => {
  test('HIGH findings: how many, the Wilson band, and at most 3 commands', async () => {
    const findings = [1, 2, 3, 4].map((number) => findingOf(number));
    const check = await look(workspaceWith(contradictionRun([...findings, findingOf(2), findingOf(9, 'low')])));
    expect(check).toMatchObject({
      status: 'warn',
      message: 'run of 2026-03-02T03:31:00.000Z: 4 findings of severity HIGH, contradictions in 1.8% to 40.4% of queries (Wilson, 95%)',
      commands: findings.slice(0, 3).map(({ resolution_command }) => resolution_command),
    });
    expect((await look(workspaceWith(contradictionRun([findingOf(1)])))).message).toContain('1 finding of severity HIGH');
  });
  test('no verdict but judge errors is not trustworthy', async () => {
    const row = contradictionRun([], {
      run_status: 'judge_failed',
      judge_errors_total: 12,
      wilson_ci_lower: null,
      wilson_ci_upper: null,
      verdict_breakdown: { ...contradictionRun([]).verdict_breakdown, no_contradiction: 0 },
    });
    expect(await look(workspaceWith(row))).toMatchObject({
      status: 'warn',
      message: expect.stringContaining('not trustworthy: 0 verdicts, 12 judge errors') as string,
    });
  });
  test('a run over budget, also where it found nothing', async () => {
    expect(await look(workspaceWith(contradictionRun([], { run_status: 'over_budget' })))).toMatchObject({
      status: 'warn',
      message: expect.stringContaining('over budget') as string,
      commands: ['lauter eval contradictions run'],
    });
  });
  test('a run that cannot be read', async () => {
    const root = temporaryFolder({ 'lake/eval/contradictions/contradictions-1/trend-row.json': 'seaweed' });
    expect(await look(root)).toMatchObject({ status: 'warn', message: 'no run in 7 days; 1 run cannot be read' });
  });
});
