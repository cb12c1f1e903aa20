import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findServerBinary, platformName } from '../../adapters/temporal/server-binary.ts';

interface FindServerScript {
  findServer(env: NodeJS.ProcessEnv): Promise<string | null>;
  platformName(): string;
}

const script = (await import(new URL('../../scripts/setup/find-server.mjs', import.meta.url).href)) as FindServerScript;
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lauter-find-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function install(folder: string, server: string): string {
  mkdirSync(join(home, folder), { recursive: true });
  const path = join(home, folder, 'temporal');
  writeFileSync(path, `#!/bin/sh\necho 'temporal version 0.0.0-DEV (Server ${server}, UI 2.42.1)'\n`);
  chmodSync(path, 0o755);
  return path;
}

const cached = (version: string) => `cache/lauter/temporal/${version}-${platformName()}`;
const env = () => ({ PATH: join(home, 'bin'), XDG_CACHE_HOME: join(home, 'cache') });

test('the set-up script and the program find the same server, whatever is installed', async () => {
  expect(script.platformName()).toBe(platformName());
  expect(await script.findServer(env())).toBeNull();
  const steps = [() => install(cached('1.9.1'), '1.32.0'), () => install(cached('1.10.0'), '1.33.0'), () => install('bin', '1.29.1')];
  for (const step of steps) {
    const expected = step();
    expect(await script.findServer(env())).toBe(expected);
    expect((await findServerBinary(env())).path).toBe(expected);
  }
  const named = { ...env(), LAUTER_TEMPORAL_BIN: install('own', '1.30.0') };
  expect(await script.findServer(named)).toBe(named.LAUTER_TEMPORAL_BIN);
  expect((await findServerBinary(named)).path).toBe(named.LAUTER_TEMPORAL_BIN);
});

test('neither takes a server that is too old', async () => {
  install('bin', '1.28.9');
  install(cached('1.4.0'), '1.29.0');
  expect(await script.findServer(env())).toBeNull();
  await expect(findServerBinary(env())).rejects.toThrow('1.28.9');
  const named = { ...env(), LAUTER_TEMPORAL_BIN: join(home, 'bin', 'temporal') };
  await expect(script.findServer(named)).rejects.toThrow('LAUTER_TEMPORAL_BIN');
});

test('an address of the user needs no server at all', async () => {
  expect(await script.findServer({ TEMPORAL_ADDRESS: 'brewery:7233' })).toContain('brewery:7233');
});
