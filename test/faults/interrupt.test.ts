import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { runningRun, serverPid, until, withClient } from '../support/engine-client.ts';
import { startLauter, type LauterCommand } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { writeDesks } from '../support/trace-corpus.ts';
import { essenceOf, filesBelow, reuseOf, runStates, temporariesIn } from '../support/workspace-facts.ts';

const DESKS = 12;

let space: TestSpace;
let config: object;
let undisturbed: RunSummary;

beforeAll(async () => {
  space = makeTestSpace();
  config = { engine: { heartbeat_timeout_s: 1, threads: 1 }, sources: writeDesks(space, DESKS, 150) };
  undisturbed = await finish(startLauter(runAll(space.workspace(config))));
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

/** A run of which some shards are finished and others are not. */
async function startInTheMiddle(workspace: string): Promise<LauterCommand> {
  const command = startLauter(runAll(workspace));
  await untilShards(workspace, 2);
  return command;
}

function untilShards(workspace: string, count: number): Promise<number> {
  return until(
    () => filesBelow(join(workspace, 'lake', 'entries', 'evidence')).length,
    (shards) => shards >= count,
  );
}

test('Ctrl-C stops the run resumably with code 130, and the same command goes on to the same digests', async () => {
  const workspace = space.workspace(config);
  const command = await startInTheMiddle(workspace);
  command.signal('SIGINT');
  const { code, out, err } = await command.ended;
  expect(code).toBe(130);
  expect(out).toBe('');
  const [, runId] = /run (\S+) is stopped; nothing is lost\. Run the same command to go on/.exec(err) ?? [];
  expect(runStates(workspace)).toEqual([{ run_id: runId, state: 'running' }]);
  expect(await serverPid(workspace)).toBe(null);

  const again = startLauter(runAll(workspace));
  const summary = await finish(again);
  expect(again.said()).toContain(`run ${runId} was left unfinished; going on with it`);
  expect(summary).toMatchObject({ run_id: runId, resumed: true });
  expect(essenceOf(summary)).toEqual(essenceOf(undisturbed));
  expect(runStates(workspace)).toEqual([{ run_id: runId, state: 'accepted' }]);
  expect(temporariesIn(workspace)).toEqual([]);
});

test('Ctrl-C twice stops at once, and the same command goes on', async () => {
  const workspace = space.workspace(config);
  const command = await startInTheMiddle(workspace);
  command.signal('SIGINT');
  await command.hear(/interrupt again to stop at once/);
  command.signal('SIGINT');
  expect((await command.ended).code).toBe(130);
  const [{ run_id: runId } = { run_id: '' }] = runStates(workspace);

  const summary = await finish(startLauter(runAll(workspace)));
  expect(summary).toMatchObject({ run_id: runId, resumed: true });
  expect(essenceOf(summary)).toEqual(essenceOf(undisturbed));
  expect(temporariesIn(workspace)).toEqual([]);
  expect(await serverPid(workspace)).toBe(null);
});

test('Ctrl-C in an attached command only detaches, and the run ends well in the command that started it', async () => {
  const workspace = space.workspace(config);
  const owner = await startInTheMiddle(workspace);
  const attached = startLauter(runAll(workspace));
  await attached.hear(/is already going on; attached to it/);
  attached.signal('SIGINT');
  const { code, out, err } = await attached.ended;
  expect(code).toBe(130);
  expect(out).toBe('');
  expect(err).toMatch(/detached; run \S+ goes on/);
  const summary = await finish(owner);
  expect(summary.resumed).toBe(false);
  expect(essenceOf(summary)).toEqual(essenceOf(undisturbed));
});

test('a cancelled run is given up, and the next run reuses its finished shards', async () => {
  const workspace = space.workspace(config);
  const command = await startInTheMiddle(workspace);
  await withClient(workspace, async (client) => (await runningRun(client)).cancel());
  const { code, err } = await command.ended;
  expect(code).toBe(130);
  const [, runId] = /run (\S+) was cancelled/.exec(err) ?? [];
  expect(runStates(workspace)).toEqual([{ run_id: runId, state: 'cancelled' }]);
  const finished = filesBelow(join(workspace, 'lake', 'entries', 'evidence')).length;
  expect(finished).toBeGreaterThanOrEqual(2);
  expect(finished).toBeLessThan(DESKS);

  const summary = await finish(startLauter(runAll(workspace)));
  expect(summary.run_id).not.toBe(runId);
  expect(summary.resumed).toBe(false);
  expect(reuseOf(summary)['materialize']).toEqual({ shards: DESKS, reused: finished });
  expect(essenceOf(summary)).toEqual(essenceOf(undisturbed));
  expect(temporariesIn(workspace)).toEqual([]);
});

test('a run that was paused by a person and cancelled ends, too', async () => {
  const workspace = space.workspace(config);
  const command = await startInTheMiddle(workspace);
  await withClient(workspace, async (client) => {
    const run = await runningRun(client);
    await run.signal('pause', 'user');
    await run.cancel();
  });
  expect((await command.ended).code).toBe(130);
  expect(runStates(workspace).map(({ state }) => state)).toEqual(['cancelled']);
});

test('a command that is stopped before its run began ends with 130, too', async () => {
  const workspace = space.workspace(config);
  const command = startLauter(runAll(workspace));
  await command.hear(/starting the engine's server/);
  command.signal('SIGINT');
  expect((await command.ended).code).toBe(130);
  await until(
    () => serverPid(workspace),
    (pid) => pid === null,
  );
  expect(runStates(workspace)).toEqual([]);
});
