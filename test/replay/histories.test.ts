import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, expect, test } from 'vitest';
import { quietRuntime } from '../../worker/index.ts';
import * as workflows from '../../workflows/index.ts';
import { HISTORIES, WORKFLOW_BUNDLE } from './built.ts';
import { STORIES } from './stories.ts';
import { historyFiles } from './story.ts';

const KEPT = STORIES.flatMap((story) => historyFiles(story).map((file, index) => ({ file, ending: story.endings[index]! })));

function readHistory(file: string): ReturnType<typeof historyFromJSON> {
  return historyFromJSON(JSON.parse(readFileSync(join(HISTORIES, file), 'utf8')));
}

/** Replays a history with the built workflows, or with one text in them put in the place of another. */
async function replay(file: string, change?: readonly [before: string, after: string]): Promise<void> {
  const built = readFileSync(WORKFLOW_BUNDLE, 'utf8');
  const code = change === undefined ? built : built.replaceAll(...change);
  if (change !== undefined) expect(code).not.toBe(built);
  await Worker.runReplayHistory({ workflowBundle: { code } }, readHistory(file), file.replace('.json', ''));
}

beforeAll(() => quietRuntime());

test.each(KEPT)('the workflow as built does what it did in $file', async ({ file }) => {
  await replay(file);
});

test('a workflow that calls another activity is told apart', async () => {
  await expect(replay('distill-finished.json', ['planScore', 'planScoring'])).rejects.toThrow(DeterminismViolationError);
});

test('a workflow that leaves out a step is told apart', async () => {
  await expect(replay('distill-cancelled.json', ['.abandonRun({', '.nothing?.({'])).rejects.toThrow(DeterminismViolationError);
});

test('a run that judges its models before production runs again is told apart', async () => {
  const change = ['const ending = (await pause?.release(', 'await this.#judge();\n        const ending = (await pause?.release('] as const;
  await expect(replay('benchRun-finished.json', change)).rejects.toThrow(DeterminismViolationError);
});

test('a model that is asked for more than it was is told apart', async () => {
  await expect(replay('benchModel-finished.json', ['CALLS_PER_BATCH = 8', 'CALLS_PER_BATCH = 4'])).rejects.toThrow(
    DeterminismViolationError,
  );
});

test.each(['benchRun-finished.json', 'benchRun-cancelled.json', 'benchRun-deadline.json', 'benchRun-production-restarted.json'])(
  'production runs again before the run of %s is ended',
  (file) => {
    const events = readHistory(file).events ?? [];
    const heard = events.findIndex(
      ({ workflowExecutionSignaledEventAttributes: signal }) =>
        signal?.signalName === 'pauseReport' && textOf(signal.input).includes('"state":"resumed"'),
    );
    const ended = events.findIndex(({ activityTaskScheduledEventAttributes: task }) => task?.activityType?.name === 'endBenchRun');
    expect(heard).toBeGreaterThan(-1);
    expect(ended).toBeGreaterThan(heard);
  },
);

test('the histories are those of the stories, each with its ending', () => {
  expect(readdirSync(HISTORIES).sort()).toEqual(KEPT.map(({ file }) => file).sort());
  for (const { file, ending } of KEPT) {
    const { events } = JSON.parse(readFileSync(join(HISTORIES, file), 'utf8')) as {
      readonly events: readonly { readonly eventType: string }[];
    };
    expect([file, events.at(-1)?.eventType]).toEqual([file, ending]);
  }
});

test('every workflow has a finished history', () => {
  for (const name of Object.keys(workflows)) expect(KEPT.map(({ file }) => file)).toContain(`${name}-finished.json`);
});

function textOf(input: { readonly payloads?: readonly { readonly data?: Uint8Array | null }[] | null } | null | undefined): string {
  return Buffer.from(input?.payloads?.[0]?.data ?? []).toString('utf8');
}
