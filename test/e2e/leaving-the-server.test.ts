import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  abandonServer,
  acquireServer,
  joinRunningServer,
  serverStatus,
  stopServer,
  type AcquiredServer,
} from '../../adapters/temporal/embedded-server.ts';
import { startProgram } from '../support/child-program.ts';

let workspaceDir: string;

beforeEach(() => {
  workspaceDir = mkdtempSync(join(tmpdir(), 'lauter-leaving-'));
});
afterEach(async () => {
  await stopServer(workspaceDir);
  rmSync(workspaceDir, { recursive: true, force: true });
});

function acquire(keep = false): Promise<AcquiredServer> {
  return acquireServer({ workspaceDir, env: process.env, headless: true, keep });
}

test('a process that ends at once takes the server with it', async () => {
  await acquire();
  await acquire();
  abandonServer(workspaceDir);
  await expect.poll(async () => (await serverStatus(workspaceDir)).state, { timeout: 20_000 }).toBe('stopped');
  // Nothing is in the way of the next one.
  await (await acquire()).release();
});

test('a process that ends at once leaves the server to others who use it, and to those who want it kept', async () => {
  const user = startProgram(new URL('server-user.ts', import.meta.url), [workspaceDir]);
  await user.hear();
  await acquire();
  abandonServer(workspaceDir);
  expect(await serverStatus(workspaceDir)).toMatchObject({ state: 'answering', users: 1 });
  await acquire(true);
  user.say('leave');
  expect(await user.ended()).toBe(0);
  abandonServer(workspaceDir);
  expect(await serverStatus(workspaceDir)).toMatchObject({ state: 'answering', users: 0 });
});

test('where no server runs there is none to join or to abandon, and none is started', async () => {
  const options = { workspaceDir, env: process.env };
  expect(await joinRunningServer(options)).toBeNull();
  abandonServer(workspaceDir);
  expect(await serverStatus(workspaceDir)).toEqual({ state: 'stopped', last: null, users: 0 });
  const first = await acquire();
  const joined = await joinRunningServer(options);
  expect(joined?.address).toBe(first.address);
  await first.release();
  expect(await serverStatus(workspaceDir)).toMatchObject({ state: 'answering', users: 1 });
  await joined?.release();
  expect((await serverStatus(workspaceDir)).state).toBe('stopped');
});
