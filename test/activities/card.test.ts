import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { HARBOR_TRACES } from '../support/harbor-traces.ts';
import { exportedText } from './exported-files.ts';
import { ATTEMPT, doStages, makeTestRun, type TestRun } from './test-run.ts';

const licensed = { name: 'harbour-desk', license: 'CC-BY-4.0', paths: ['traces/desk.jsonl'], options: {} };

async function finish(run: TestRun): Promise<RunSummary> {
  await doStages(run, run.input.until);
  const { summary_path } = await run.work.finishRun(run.input, ATTEMPT);
  return JSON.parse(readFileSync(summary_path, 'utf8')) as RunSummary;
}

const harbourRun = (requests?: Parameters<typeof makeTestRun>[0]['requests'], require_license = false): TestRun =>
  makeTestRun({ traces: { 'desk.jsonl': HARBOR_TRACES }, settings: { require_license }, ...(requests === undefined ? {} : { requests }) });

test('a source with a license is named with it in the card, and there is nothing to warn of', async () => {
  const run = harbourRun([licensed], true);
  const summary = await finish(run);
  expect(summary.reasons.map(({ reason }) => reason)).not.toContain('license_missing');
  expect(summary.warnings).toBeUndefined();
  expect(exportedText(run, 'README.md')).toContain('\nlicense:\n- cc-by-4.0\n');
  expect(exportedText(run, 'README.md')).toContain('| harbour-desk | openai-chat | CC-BY-4.0 |');
});

test('a source without one is a warning in summary and card', async () => {
  const run = harbourRun();
  const summary = await finish(run);
  expect(summary.warnings).toEqual([{ warning: 'license_missing', detail: 'traces' }]);
  expect(exportedText(run, 'README.md')).toContain('**Warning: no license is stated for 1 of 1 sources (traces).**');
});

test('where licenses are required, it is a reason to refuse', async () => {
  const summary = await finish(harbourRun(undefined, true));
  expect(summary.verdict).toBe('refused');
  expect(summary.reasons).toContainEqual({ reason: 'license_missing', detail: 'traces' });
});

test('the card counts what was written, and its lengths add up to it', async () => {
  const run = harbourRun([licensed]);
  const { exports } = await finish(run);
  const card = exportedText(run, 'README.md');
  for (const [set, rows] of Object.entries(exports)) expect(card).toMatch(new RegExp(`^\\| ${set} \\| [^|]*\\| ${rows} \\|`, 'm'));
  const classes = [...card.matchAll(/^\| (?:up to|over) \d+ \| (\d+) \| (\d+) \|$/gm)];
  const sum = (column: number): number => classes.reduce((total, row) => total + Number(row[column]), 0);
  expect([sum(1), sum(2)]).toEqual([exports.rag, exports.sft]);
});

test('a run that stops after the export has a card, too', async () => {
  const run = harbourRun([licensed]);
  const short = { ...run, input: { ...run.input, until: 'export' as const } };
  await doStages(short, 'export');
  await short.work.finishRun(short.input, ATTEMPT);
  expect(exportedText(short, 'README.md')).toContain('Not audited: the run stopped after its export');
});
