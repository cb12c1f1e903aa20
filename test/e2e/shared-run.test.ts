import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { progressOf, runningRun, serverPid, until, withClient } from '../support/engine-client.ts';
import { startLauter, startWorker, type LauterCommand } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { writeDesks } from '../support/trace-corpus.ts';
import { essenceOf, exportedLines, filesBelow, runStates } from '../support/workspace-facts.ts';

const DESKS = 12;
/** How long the paused run is watched. */
const PAUSE_MS = Number(process.env['LAUTER_PAUSE_MS'] ?? 1_000);

let space: TestSpace;
let config: object;
let alone: { workspace: string; summary: RunSummary };

beforeAll(async () => {
  space = makeTestSpace();
  config = { engine: { heartbeat_timeout_s: 1, threads: 1 }, sources: writeDesks(space, DESKS, 150) };
  const workspace = space.workspace(config);
  alone = { workspace, summary: await finish(startLauter(runAll(workspace))) };
});
afterAll(() => space.clear());

function runAll(workspace: string): string[] {
  return ['distill', 'run-all', '--workspace', workspace, '--json'];
}

async function finish(command: LauterCommand): Promise<RunSummary> {
  const { code, out, err } = await command.ended;
  expect(code, err).toBe(0);
  return JSON.parse(out) as RunSummary;
}

function expectSameAsAlone(workspace: string, summary: RunSummary): void {
  expect(essenceOf(summary)).toEqual(essenceOf(alone.summary));
  expect(exportedLines(workspace, summary.run_id)).toEqual(exportedLines(alone.workspace, alone.summary.run_id));
}

test('the same command twice at once is one run, and both end with its result', async () => {
  const workspace = space.workspace(config);
  const commands = [startLauter(runAll(workspace)), startLauter(runAll(workspace))];
  const [first, second] = await Promise.all(commands.map(finish));
  expect(second).toEqual(first);
  expect(runStates(workspace)).toEqual([{ run_id: first!.run_id, state: 'accepted' }]);
  const stories = commands.map((command) => command.said());
  expect(stories.filter((story) => story.includes(`run ${first!.run_id} started`))).toHaveLength(1);
  expect(stories.filter((story) => story.includes(`run ${first!.run_id} is already going on; attached to it`))).toHaveLength(1);
  expect(first!.resumed).toBe(false);
  expectSameAsAlone(workspace, first!);
  expect(await serverPid(workspace)).toBe(null);
});

test('a worker in another process takes part in a run, and the digests stay what they were', async () => {
  const workspace = space.workspace(config);
  const command = startLauter(runAll(workspace));
  await command.hear(/run \S+ started/);
  const worker = await startWorker(workspace);
  const { run } = await withClient(workspace, async (client) => ({ run: (await runningRun(client)).workflowId }));
  const summary = await finish(command);
  const workedOn = await withClient(workspace, async (client) => activitiesByWorker(client.workflow.getHandle(run)));
  expect(workedOn.get(command.pid)).toBeGreaterThan(0);
  expect(workedOn.get(worker.pid)).toBeGreaterThan(0);
  expectSameAsAlone(workspace, summary);
  worker.signal('SIGTERM');
  expect((await worker.ended).code).toBe(0);
});

/** Activities that were started on each process, from the history. A worker's identity begins with its process id. */
async function activitiesByWorker(run: WorkflowHandle): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (const { activityTaskStartedEventAttributes: started } of (await run.fetchHistory()).events ?? []) {
    if (started === null || started === undefined) continue;
    const pid = Number.parseInt(started.identity ?? '', 10);
    counts.set(pid, (counts.get(pid) ?? 0) + 1);
  }
  return counts;
}

test('a run that is paused in the middle stands still, and when it goes on the digests are what they were', async () => {
  const workspace = space.workspace(config);
  const command = startLauter(runAll(workspace));
  await until(
    () => filesBelow(join(workspace, 'lake', 'entries', 'evidence')).length,
    (shards) => shards > 0,
  );
  await withClient(workspace, async (client) => {
    const run = await runningRun(client);
    await run.signal('pause', 'user');
    const paused = await until(
      () => progressOf(run),
      ({ in_flight }) => in_flight === 0,
    );
    expect(paused).toMatchObject({ stage: 'materialize', paused: 'user' });
    const documents = filesBelow(join(workspace, 'lake'));
    await sleep(PAUSE_MS);
    expect(filesBelow(join(workspace, 'lake'))).toEqual(documents);
    expect(await progressOf(run)).toEqual(paused);
    expect(command.isRunning()).toBe(true);
    await run.signal('resume');
  });
  const summary = await finish(command);
  expect(summary.resumed).toBe(false);
  expectSameAsAlone(workspace, summary);
});
