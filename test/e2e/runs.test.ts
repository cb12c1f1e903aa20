import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgressSchema } from '../../schemas/run-progress.ts';
import { until } from '../support/engine-client.ts';
import { startLauter, startWorker } from '../support/lauter-command.ts';
import { listed, runs, shown } from '../support/runs-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { writeDesks } from '../support/trace-corpus.ts';
import { leaveWaitingRun } from '../support/waiting-run.ts';
import { runStates } from '../support/workspace-facts.ts';

let space: TestSpace;
let config: object;

beforeAll(() => {
  space = makeTestSpace();
  config = { engine: { heartbeat_timeout_s: 1, threads: 1 }, sources: writeDesks(space, 2, 20) };
});
afterAll(() => space.clear());

test('a run is paused before anybody works on it, stays so under a worker, and goes on when it is resumed', async () => {
  const workspace = space.workspace(config);
  const run = await leaveWaitingRun(workspace);
  expect(await listed(workspace)).toMatchObject([{ run_id: run, state: 'running', stage: 'plan', worked_on: false }]);
  // The day is enough of the id: no other run began on it.
  expect(await runs(workspace, 'pause', run.slice(0, 8))).toMatchObject({ code: 0, err: expect.stringContaining(`run ${run} is paused`) });
  // Nobody has processed the signal yet.
  expect(await listed(workspace)).toMatchObject([{ state: 'paused', paused_by: 'user', worked_on: false }]);

  const worker = await startWorker(workspace);
  const watch = startLauter(['runs', 'watch', run, '--json', '--workspace', workspace]);
  const answered = await until(
    () => shown(workspace, run),
    (show) => show.run.worked_on === true,
  );
  expect(answered).toMatchObject({ run: { state: 'paused', paused_by: 'user' }, verdict: null, stages: [] });
  expect(answered.next[0]).toBe(`lauter runs resume ${run} --workspace ${workspace}`);

  expect((await runs(workspace, 'resume', run)).err).toContain(`run ${run} is not paused any more.`);
  const watched = await watch.ended;
  expect(watched.code, watched.err).toBe(0);
  const lines = watched.out
    .trimEnd()
    .split('\n')
    .map((line) => runProgressSchema.parse(JSON.parse(line)).run);
  expect(lines.map(({ state }) => state)).toContain('paused');
  expect(lines.at(-1)).toMatchObject({ state: 'accepted', stage: null });

  const ended = await shown(workspace, run);
  expect(ended.stages.map(({ stage }) => stage)).toEqual(['materialize', 'score', 'export', 'receipts', 'audit']);
  expect(ended).toMatchObject({ run: { state: 'accepted' }, verdict: 'accepted', inputs: [{ files: 1 }, { files: 1 }] });
  expect(ended.paths.report).toBe(join(workspace, 'reports', run, 'report.html'));

  worker.signal('SIGTERM');
  expect((await worker.ended).code).toBe(0);
});

test('a run that nobody works on is cancelled to its end', async () => {
  const workspace = space.workspace(config);
  const run = await leaveWaitingRun(workspace);
  const cancelled = await runs(workspace, 'cancel', run);
  expect(cancelled.code, cancelled.err).toBe(0);
  expect(cancelled.err).toContain('nobody works on the run; letting it end in this process');
  expect(runStates(workspace)).toEqual([{ run_id: run, state: 'cancelled' }]);
  expect(await listed(workspace)).toMatchObject([{ state: 'cancelled', stage: null, worked_on: null }]);
  expect((await runs(workspace, 'watch', run)).code).toBe(130);
  expect(await runs(workspace, 'cancel', run)).toMatchObject({ code: 2, err: expect.stringContaining('found it cancelled') });
});
