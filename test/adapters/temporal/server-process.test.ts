import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { identifyProcess, isAlive } from '../../../adapters/process-identity.ts';
import { createServerFolders, serverPlaces } from '../../../adapters/temporal/server-places.ts';
import type { ServerPlaces } from '../../../adapters/temporal/server-places.ts';
import { spawnServer, stopProcess } from '../../../adapters/temporal/server-process.ts';
import type { ServerLaunch, WaitingServer } from '../../../adapters/temporal/server-process.ts';

// Processes are started here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let workspaceDir: string;
let places: ServerPlaces;
let launch: ServerLaunch;
let server: WaitingServer | undefined;

beforeEach(() => {
  workspaceDir = mkdtempSync(join(tmpdir(), 'lauter-process-'));
  places = serverPlaces(workspaceDir);
  createServerFolders(places);
  launch = {
    binary: join(workspaceDir, 'pretender'),
    database: places.database('1.29.1'),
    port: 7233,
    uiPort: null,
    env: { PATH: process.env['PATH'], OPENAI_API_KEY: 'not for the server' },
  };
});
afterEach(async () => {
  if (server !== undefined) await stopProcess(server.identity, 0);
  rmSync(workspaceDir, { recursive: true, force: true });
});

/** Stands in for the server: writes down its arguments and environment, then stays until it is stopped. */
function writePretender(onStop: 'exit 0' | ':'): void {
  const script = `#!/bin/sh\ntrap '${onStop}' TERM\necho "$@"\nenv\necho began > began\nwhile :; do sleep 0.05; done\n`;
  writeFileSync(launch.binary, script);
  chmodSync(launch.binary, 0o755);
}

const hasBegun = () => existsSync(join(places.folder, 'began'));

test('the server begins only when it is let go, as the process that was announced', async () => {
  writePretender('exit 0');
  server = spawnServer(places, launch);
  expect(isAlive(server.identity)).toBe(true);
  expect(hasBegun()).toBe(false);
  server.letGo();
  await expect.poll(hasBegun, { timeout: 10_000 }).toBe(true);
  expect(identifyProcess(server.identity.pid)).toEqual(server.identity);

  const log = readFileSync(places.log, 'utf8');
  expect(log).toContain(`server start-dev --db-filename ${launch.database} --ip 127.0.0.1 --port 7233 --headless`);
  expect(log).toContain('--sqlite-pragma journal_mode=WAL --sqlite-pragma synchronous=NORMAL --log-level warn');
  expect(log).not.toContain('OPENAI_API_KEY');

  await stopProcess(server.identity);
  expect(isAlive(server.identity)).toBe(false);
});

test('a server that is abandoned before it was let go ends without having begun', async () => {
  writePretender('exit 0');
  server = spawnServer(places, launch);
  server.abandon();
  const { identity } = server;
  await expect.poll(() => isAlive(identity), { timeout: 10_000 }).toBe(false);
  expect(hasBegun()).toBe(false);
});

test('a process that does not end when asked is killed', async () => {
  writePretender(':');
  server = spawnServer(places, launch);
  server.letGo();
  await expect.poll(hasBegun, { timeout: 10_000 }).toBe(true);
  await stopProcess(server.identity, 100);
  expect(isAlive(server.identity)).toBe(false);
});
