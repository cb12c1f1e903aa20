import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stopServer } from '../../adapters/temporal/embedded-server.ts';
import { serverPid } from '../support/engine-client.ts';
import { startLauter } from '../support/lauter-command.ts';
import { listed, runs } from '../support/runs-command.ts';
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

test('after a crash of everything a run is steered on a server that is gone again afterwards', async () => {
  const workspace = space.workspace(config);
  const run = await leaveWaitingRun(workspace);
  await stopServer(workspace);
  expect(await listed(workspace)).toMatchObject([{ run_id: run, state: 'interrupted' }]);
  expect(await serverPid(workspace), 'looking started a server').toBe(null);

  expect(await runs(workspace, 'show', 'no-such-run')).toMatchObject({ code: 2, err: expect.stringContaining(`the nearest is ${run}`) });
  expect(await runs(workspace, 'cancel', 'no-such-run')).toMatchObject({ code: 2, err: expect.not.stringContaining('starting') });
  expect((await runs(workspace, 'pause', run)).code).toBe(0);
  expect(await serverPid(workspace)).toBe(null);
  const resumed = await runs(workspace, 'resume', run);
  expect(resumed.err).toContain('is not paused any more, but nobody works on it');
  expect(resumed.err).toContain(`lauter distill run-all --workspace ${workspace}`);
  const cancelled = await runs(workspace, 'cancel', run);
  expect(cancelled.code, cancelled.err).toBe(0);
  expect(await serverPid(workspace)).toBe(null);
  expect(await listed(workspace)).toMatchObject([{ state: 'cancelled' }]);
});

test('The Temporal database file is lost: the run is still there, is given up, and the same command begins anew', async () => {
  const workspace = space.workspace(config);
  const run = await leaveWaitingRun(workspace);
  await stopServer(workspace);
  rmSync(join(workspace, 'temporal'), { recursive: true });
  expect(await listed(workspace)).toMatchObject([{ run_id: run, state: 'interrupted', workflow_id: expect.stringMatching(/^distill-/) }]);
  expect(await runs(workspace, 'pause', run)).toMatchObject({ code: 2, err: expect.stringContaining('expected the engine to know it') });
  expect((await runs(workspace, 'cancel', run)).code).toBe(0);
  expect(runStates(workspace)).toEqual([{ run_id: run, state: 'cancelled' }]);
  expect(await serverPid(workspace)).toBe(null);
  const { code, err } = await startLauter(['distill', 'run-all', '--workspace', workspace]).ended;
  expect(code, err).toBe(0);
  expect(runStates(workspace).map(({ state }) => state)).toEqual(['cancelled', 'accepted']);
});
