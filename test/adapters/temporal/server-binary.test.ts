import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findServerBinary, platformName } from '../../../adapters/temporal/server-binary.ts';
import { compareVersions, parseServerVersion } from '../../../adapters/temporal/server-version.ts';
import { EngineError } from '../../../domain/shared/errors.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lauter-binary-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A program that answers as `temporal --version` does. */
function install(folder: string, answer: string, name = 'temporal'): string {
  mkdirSync(join(home, folder), { recursive: true });
  const path = join(home, folder, name);
  writeFileSync(path, `#!/bin/sh\necho '${answer}'\n`);
  chmodSync(path, 0o755);
  return path;
}

function installInCache(version: string, server: string): string {
  return install(`cache/lauter/temporal/${version}-${platformName()}`, `temporal version ${version} (Server ${server}, UI 2.42.1)`);
}

function find(env: Record<string, string> = {}) {
  return findServerBinary({ PATH: join(home, 'bin'), XDG_CACHE_HOME: join(home, 'cache'), ...env });
}

test('the variable goes before PATH, PATH before the cache', async () => {
  const cached = installInCache('1.5.1', '1.29.1');
  expect(await find()).toEqual({ path: cached, serverVersion: '1.29.1', from: 'cache' });
  const onPath = install('bin', 'temporal version 0.0.0-DEV (Server 1.30.0, UI 2.42.1)');
  expect(await find()).toEqual({ path: onPath, serverVersion: '1.30.0', from: 'PATH' });
  const named = install('own', 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)', 'my-temporal');
  expect(await find({ LAUTER_TEMPORAL_BIN: named })).toEqual({ path: named, serverVersion: '1.32.0', from: 'LAUTER_TEMPORAL_BIN' });
});

test('a server on PATH that is too old is passed over', async () => {
  install('bin', 'temporal version 1.4.0 (Server 1.28.0, UI 2.39.0)');
  const cached = installInCache('1.5.1', '1.29.1');
  expect((await find()).path).toBe(cached);
});

test('of several cached versions the newest is taken, by number and not by letter', async () => {
  installInCache('1.9.1', '1.32.0');
  const newest = installInCache('1.10.0', '1.33.0');
  mkdirSync(join(home, `cache/lauter/temporal/2.0.0-${platformName()}`));
  expect((await find()).path).toBe(newest);
});

test('without any the error names the variables and the ways to install one', async () => {
  install('bin', 'temporal version 1.4.0 (Server 1.28.0, UI 2.39.0)');
  const error = await find().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EngineError);
  expect((error as EngineError).message).toContain('(server 1.28.0)');
  for (const word of ['TEMPORAL_ADDRESS', 'LAUTER_TEMPORAL_BIN', 'PATH', 'go install'])
    expect((error as EngineError).remedy).toContain(word);
});

test.each([
  ['is not there', () => join(home, 'nowhere'), 'no such file'],
  ['is another program', () => install('own', 'tempora mutantur'), 'no server version'],
  ['is too old', () => install('own', 'temporal version 1.4.0 (Server 1.28.0, UI 2.39.0)'), 'found server 1.28.0'],
])('a named program that %s is an error even when the cache has one', async (_, path, message) => {
  installInCache('1.5.1', '1.29.1');
  await expect(find({ LAUTER_TEMPORAL_BIN: path() })).rejects.toThrow(message);
});

test('versions are read from the server field and compared by number', () => {
  expect(parseServerVersion('temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)')).toBe('1.29.1');
  expect(parseServerVersion('temporal version 1.5.1')).toBeNull();
  expect(compareVersions('1.29.1', '1.29.1')).toBe(0);
  expect(compareVersions('1.29.10', '1.29.9')).toBeGreaterThan(0);
  expect(compareVersions('1.9.0', '1.29.0')).toBeLessThan(0);
  expect(compareVersions('1.31.0-rc.1', '1.29.1')).toBeGreaterThan(0);
});
