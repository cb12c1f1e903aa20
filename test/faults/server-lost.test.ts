import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acquireServer, type AcquiredServer } from '../../adapters/temporal/embedded-server.ts';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { serverPid, until } from '../support/engine-client.ts';
import { startLauter, type LauterCommand } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { writeDesks } from '../support/trace-corpus.ts';
import { essenceOf, filesBelow, runStates, temporariesIn } from '../support/workspace-facts.ts';

const GIVE_UP_AFTER_S = 2;

let space: TestSpace;
let config: object;
let undisturbed: RunSummary;

beforeAll(async () => {
  space = makeTestSpace();
  config = {
    engine: { heartbeat_timeout_s: 1, threads: 1, give_up_after_s: GIVE_UP_AFTER_S },
    sources: writeDesks(space, 8, 150),
  };
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

function untilFirstShard(workspace: string): Promise<number> {
  return until(
    () => filesBelow(join(workspace, 'lake', 'entries', 'evidence')).length,
    (shards) => shards > 0,
  );
}

/** A server that commands know by its address alone; its workspace is not theirs. */
async function startGivenServer(home: string): Promise<AcquiredServer & { readonly env: Record<string, string>; kill(): Promise<void> }> {
  const server = await acquireServer({ workspaceDir: home, env: process.env, headless: true });
  const kill = async (): Promise<void> => {
    process.kill((await serverPid(home))!, 'SIGKILL');
    await until(
      () => serverPid(home),
      (pid) => pid === null,
    );
  };
  return { ...server, env: { TEMPORAL_ADDRESS: server.address }, kill };
}

test('a server that cannot be reached is waited for, and given up in the end', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  listener.close();
  const workspace = space.workspace(config);
  const { code, out, err } = await startLauter(runAll(workspace), { env: { TEMPORAL_ADDRESS: address } }).ended;
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(`waiting for the Temporal server at ${address} …`);
  expect(err).toMatch(new RegExp(`^connecting a client, on ${address}: expected a Temporal server, found `, 'm'));
  expect(err).toContain('then run the same command again');
  expect(err).not.toMatch(/^\s+at /m);
  expect(runStates(workspace)).toEqual([]);
});

test("the workspace's own server is started again when it dies, and the run goes on in the same command", async () => {
  const workspace = space.workspace(config);
  const command = startLauter(runAll(workspace));
  await untilFirstShard(workspace);
  const killed = (await serverPid(workspace))!;
  process.kill(killed, 'SIGKILL');
  const summary = await finish(command);
  expect(command.said()).toContain('the Temporal server is gone; starting it again on the same files …');
  expect(essenceOf(summary)).toEqual(essenceOf(undisturbed));
  expect(runStates(workspace)).toEqual([{ run_id: summary.run_id, state: 'accepted' }]);
  expect(await serverPid(workspace)).toBe(null);
});

test('a server that dies for good is given up with the way to go on, and the same command goes on when it is back', async () => {
  const [workspace, home] = [space.workspace(config), space.workspace()];
  const server = await startGivenServer(home);
  const command = startLauter(runAll(workspace), { env: server.env });
  await untilFirstShard(workspace);
  await server.kill();
  const { code, out, err } = await command.ended;
  expect(code, err).toBe(2);
  expect(out).toBe('');
  expect(err).toContain('the Temporal server does not answer; waiting for it …');
  expect(err).toContain(`expected the server to come back within ${GIVE_UP_AFTER_S} s`);
  expect(err).toContain('Nothing is lost: run the same command again');

  const again = await startGivenServer(home);
  expect(again.env).toEqual(server.env);
  const summary = await finish(startLauter(runAll(workspace), { env: again.env }));
  expect(summary).toMatchObject({ run_id: /run (\S+) started/.exec(err)?.[1], resumed: true });
  expect(essenceOf(summary)).toEqual(essenceOf(undisturbed));
  expect(temporariesIn(workspace)).toEqual([]);
  await again.release();
});

test('Ctrl-C while the server is away ends with 130, and the same command goes on', async () => {
  const [workspace, home] = [space.workspace({ ...config, engine: { heartbeat_timeout_s: 1, threads: 1 } }), space.workspace()];
  const server = await startGivenServer(home);
  const command = startLauter(runAll(workspace), { env: server.env });
  await untilFirstShard(workspace);
  await server.kill();
  command.signal('SIGINT');
  const { code, err } = await command.ended;
  expect(code, err).toBe(130);
  expect(err).not.toMatch(/^\s+at /m);

  const again = await startGivenServer(home);
  const summary = await finish(startLauter(runAll(workspace), { env: again.env }));
  expect(summary).toMatchObject({ run_id: /run (\S+) started/.exec(err)?.[1], resumed: true });
  expect(essenceOf(summary)).toEqual(essenceOf(undisturbed));
  await again.release();
});
