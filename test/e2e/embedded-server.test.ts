import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isAlive } from '../../adapters/process-identity.ts';
import { connectClient } from '../../adapters/temporal/connection.ts';
import { connectionOptionsForAddress } from '../../adapters/temporal/connection-options.ts';
import { acquireServer, serverStatus, stopServer } from '../../adapters/temporal/embedded-server.ts';
import type { AcquiredServer, AcquireOptions } from '../../adapters/temporal/embedded-server.ts';
import { serverPlaces } from '../../adapters/temporal/server-places.ts';
import type { ServerState } from '../../schemas/server-state.ts';
import { startProgram } from '../support/child-program.ts';
import type { ChildProgram } from '../support/child-program.ts';

// Processes are started here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let workspaceDir: string;
const programs: ChildProgram[] = [];

beforeEach(() => {
  workspaceDir = mkdtempSync(join(tmpdir(), 'lauter-server-'));
});
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.kill()));
  await stopServer(workspaceDir);
  rmSync(workspaceDir, { recursive: true, force: true });
});

function acquire(options: Partial<AcquireOptions> = {}): Promise<AcquiredServer> {
  return acquireServer({ workspaceDir, env: process.env, headless: true, ...options });
}

function startUser(...args: string[]): ChildProgram {
  const user = startProgram(new URL('server-user.ts', import.meta.url), [workspaceDir, ...args]);
  programs.push(user);
  return user;
}

async function lastState(): Promise<ServerState> {
  const { last } = await serverStatus(workspaceDir);
  if (last === null) throw new Error('no server was ever started');
  return last;
}

async function killServer(): Promise<ServerState> {
  const state = await lastState();
  process.kill(state.pid, 'SIGKILL');
  await expect.poll(() => isAlive({ pid: state.pid, started: state.pid_started })).toBe(false);
  return state;
}

/** Bytes 18 and 19 of a SQLite file are 2 when it is in WAL mode (sqlite.org/fileformat2.html, section 1.3). */
function journalBytes(path: string): number[] {
  return [...readFileSync(path).subarray(18, 20)];
}

test('the first command starts a server, its release stops it, and the next start keeps port and database', async () => {
  expect(await serverStatus(workspaceDir)).toEqual({ state: 'stopped', last: null, users: 0 });
  const first = await acquire({ headless: false });
  const state = await lastState();
  expect(first.address).toMatch(/^127\.0\.0\.1:\d+$/);
  expect((await fetch(first.uiAddress ?? '')).status).toBe(200);
  expect(await serverStatus(workspaceDir)).toMatchObject({ state: 'answering', users: 1 });
  expect(journalBytes(serverPlaces(workspaceDir).database(state.server_version))).toEqual([2, 2]);

  const { client, connection } = await connectClient(connectionOptionsForAddress(first.address));
  const described = await client.workflowService.describeNamespace({ namespace: 'default' });
  expect(Number(described.config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 24 * 3600);
  const started = await client.workflow.start('malting', { taskQueue: 'nobody-works-here', workflowId: 'malting-of-may' });
  await connection.close();

  await first.release();
  await first.release();
  expect(await serverStatus(workspaceDir)).toMatchObject({ state: 'stopped', users: 0 });

  const second = await acquire({ headless: false });
  expect(second.address).toBe(first.address);
  expect(second.uiAddress).toBe(first.uiAddress);
  const again = await connectClient(connectionOptionsForAddress(second.address));
  expect((await again.client.workflow.getHandle('malting-of-may').describe()).runId).toBe(started.firstExecutionRunId);
  await again.connection.close();
  await second.release();
});

test('a second process joins the running server and the last one to leave stops it', async () => {
  const first = await acquire();
  const state = await lastState();
  const user = startUser();
  expect(await user.hear()).toBe(first.address);
  expect(await serverStatus(workspaceDir)).toMatchObject({ state: 'answering', users: 2, last: { pid: state.pid } });
  await first.release();
  expect(await serverStatus(workspaceDir)).toMatchObject({ state: 'answering', users: 1 });
  user.say('leave');
  expect(await user.ended()).toBe(0);
  expect(await serverStatus(workspaceDir)).toMatchObject({ state: 'stopped', users: 0 });
});

test('a killed command leaves the server up, and the next one takes it over and stops it at its end', async () => {
  const user = startUser();
  const address = await user.hear();
  await user.kill();
  expect(await serverStatus(workspaceDir)).toMatchObject({ state: 'answering', users: 0 });
  const next = await acquire();
  expect(next.address).toBe(address);
  await next.release();
  expect((await serverStatus(workspaceDir)).state).toBe('stopped');
});

test('of two processes that come at once one starts the server and the other joins it', async () => {
  const users = [startUser(), startUser()];
  const addresses = await Promise.all(users.map((user) => user.hear()));
  expect(new Set(addresses).size).toBe(1);
  expect(await serverStatus(workspaceDir)).toMatchObject({ state: 'answering', users: 2 });
  for (const user of users) user.say('leave');
  expect(await Promise.all(users.map((user) => user.ended()))).toEqual([0, 0]);
  expect((await serverStatus(workspaceDir)).state).toBe('stopped');
});

test('after the server was killed the next command starts it anew on the same database', async () => {
  const first = await acquire();
  const { client, connection } = await connectClient(connectionOptionsForAddress(first.address));
  await client.workflow.start('mashing', { taskQueue: 'nobody-works-here', workflowId: 'mashing-of-june' });
  await connection.close();
  const killed = await killServer();
  expect((await serverStatus(workspaceDir)).state).toBe('stopped');

  const second = await acquire();
  expect((await lastState()).pid).not.toBe(killed.pid);
  expect(second.address).toBe(first.address);
  const again = await connectClient(connectionOptionsForAddress(second.address));
  expect((await again.client.workflow.getHandle('mashing-of-june').describe()).status.name).toBe('RUNNING');
  await again.connection.close();
  await first.release();
  expect((await serverStatus(workspaceDir)).state).toBe('answering');
  await second.release();
  expect((await serverStatus(workspaceDir)).state).toBe('stopped');
});

test('a server that is to be kept outlives its users until it is stopped', async () => {
  const first = await acquire();
  const keeper = startUser('keep');
  await keeper.hear();
  await first.release();
  keeper.say('leave');
  expect(await keeper.ended()).toBe(0);
  expect(await serverStatus(workspaceDir)).toMatchObject({ state: 'answering', users: 0, last: { keep: true } });
  expect(await stopServer(workspaceDir)).toBe(true);
  expect((await serverStatus(workspaceDir)).state).toBe('stopped');
  expect(await stopServer(workspaceDir)).toBe(false);
});

test('a server process that lives but does not answer is reported', async () => {
  const first = await acquire();
  const { pid } = await lastState();
  process.kill(pid, 'SIGSTOP');
  try {
    expect((await serverStatus(workspaceDir, 200)).state).toBe('silent');
    await expect(acquire({ answerLimitMs: 200 })).rejects.toThrow(`found none although its process ${pid} lives`);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await first.release();
});

test('a busy port is reported when it was configured, and replaced when it was our own choice', async () => {
  const stranger = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => stranger.once('listening', resolve));
  const { port } = stranger.address() as AddressInfo;
  await expect(acquire({ configuredPort: port })).rejects.toThrow(`on port ${port}: expected the configured port to be free`);
  await new Promise((resolve) => stranger.close(resolve));

  const first = await acquire({ configuredPort: port });
  expect(first.address).toBe(`127.0.0.1:${port}`);
  await first.release();
  stranger.listen(port, '127.0.0.1');
  await new Promise((resolve) => stranger.once('listening', resolve));
  const second = await acquire();
  expect(second.address).not.toBe(first.address);
  await second.release();
  await new Promise((resolve) => stranger.close(resolve));
});

test('a program that is no server is reported with what it said, and leaves no lock behind', async () => {
  const env = { ...process.env, LAUTER_TEMPORAL_BIN: process.execPath };
  await expect(acquire({ env })).rejects.toThrow('expected `temporal` with server 1.29.1 or newer');
  const works = await acquire();
  expect(readFileSync(serverPlaces(workspaceDir).serverLock, 'utf8')).toContain(`"pid":${(await lastState()).pid}`);
  await works.release();
});
