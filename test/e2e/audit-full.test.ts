import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SamplesTruth, StreamTruth } from '../../domain/samples/truth-file.ts';
import { auditReportSchema } from '../../schemas/audit-report.ts';
import { PROJECT_ROOT, runLauter } from '../support/run-lauter.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';

let workspace: string;
beforeAll(async () => {
  workspace = join(makeFolder(), 'workspace');
  const { code, stderr } = await runLauter(['distill', 'run-all', '--config', 'data/samples/lauter.config.json', '--workspace', workspace]);
  expect(code, stderr).toBe(0);
}, 120_000);
afterAll(() => removeFolder(join(workspace, '..')));

test('the whole program over the committed samples: sixteen of sixteen, and the truth that was written with the story', async () => {
  const { code, stdout, stderr } = await runLauter(['distill', 'audit-full', '--json', '--workspace', workspace]);
  const report = auditReportSchema.parse(JSON.parse(stdout));
  expect(
    report.checks.filter(({ state }) => state === 'failed'),
    stderr,
  ).toEqual([]);
  expect({ code, verdict: report.verdict, passed: report.passed, baseline: report.baseline?.seq }).toEqual({
    code: 0,
    verdict: 'accepted',
    passed: 16,
    baseline: 1,
  });
  expect(report.unprovable).toEqual({ latest: 0, older: 0 });
  const { streams } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'data/samples/truth.json'), 'utf8')) as SamplesTruth;
  const sum = (pick: (stream: StreamTruth) => number): number => streams.reduce((total, stream) => total + pick(stream), 0);
  const set = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, count) => total + count, 0);
  expect(report.metrics).toMatchObject({
    p2_evidence_rows: sum(({ categories }) => set(categories)),
    p2_quarantined: sum(({ quarantined, duplicates }) => set(quarantined) + duplicates),
    p3_accepted: sum(({ categories }) => categories.accepted),
    p3_partially_accepted: sum(({ categories }) => categories.partially_accepted),
    p3_rejected: sum(({ categories }) => categories.rejected),
    p3_needs_human_review: sum(({ categories }) => categories.needs_human_review),
  });
  for (const path of Object.values(report.paths)) expect(existsSync(join(workspace, path)), path).toBe(true);
}, 240_000);
