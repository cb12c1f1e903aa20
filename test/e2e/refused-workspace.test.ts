import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identityKey, ownIdentity } from '../../adapters/process-identity.ts';
import { startLauter, type CommandOptions } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { chatLines, fileOf } from '../support/trace-corpus.ts';

let space: TestSpace;
let workspace: string;

beforeEach(() => {
  space = makeTestSpace();
  space.trace('desk.jsonl', fileOf(chatLines(5)));
  workspace = space.workspace();
});
afterEach(() => space.clear());

/** Runs the refinery and expects a refusal that leaves every file of the space as it was. Returns what was said. */
async function expectRefusal(options: CommandOptions & { readonly workspace?: string } = {}): Promise<string> {
  const before = contentOf(space.root);
  const args = ['distill', 'run-all', '--workspace', options.workspace ?? workspace, join(space.root, 'traces')];
  const { code, out, err } = await startLauter(args, options).ended;
  expect(code, err).toBe(2);
  expect(out).toBe('');
  expect(err).not.toMatch(/^unexpected|^\s+at /m);
  expect(contentOf(space.root)).toEqual(before);
  return err;
}

/** Folders and files, these with what they hold. */
function contentOf(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ path: join(entry.parentPath, entry.name), isFile: entry.isFile() }));
  return Object.fromEntries(paths.map(({ path, isFile }) => [path, isFile ? readFileSync(path, 'utf8') : 'folder']));
}

function writeWorkspace(document: object): void {
  mkdirSync(workspace, { recursive: true });
  writeFileSync(join(workspace, 'workspace.json'), JSON.stringify(document));
}

/** A workspace in which another process holds a lock. */
function writeUser(lock: { readonly pid: number; readonly pid_started: string; readonly host: string; readonly version: string }): string {
  writeWorkspace({ schema: 'workspace/1', format: 1, id: '0a1b2c3d', version: '0.1.0', created_at: '2026-03-02T08:00:00.000Z' });
  const path = join(workspace, 'locks', 'users', `${lock.pid}-${lock.pid_started}.lock`);
  mkdirSync(join(workspace, 'locks', 'users'), { recursive: true });
  writeFileSync(path, JSON.stringify({ schema: 'lock/1', ...lock }));
  return path;
}

test('a workspace at a path that cannot exist', async () => {
  const below = join(space.root, 'traces', 'desk.jsonl', 'workspace');
  expect(await expectRefusal({ workspace: below })).toContain(`opening the workspace ${below}: expected a folder that can be written to`);
});

const canMount = spawnSync('unshare', ['-rm', 'bash', '-c', 'mount -t tmpfs -o size=1m none /mnt']).status === 0;
if (!canMount) console.log('skipped: a read-only disk (this user may not mount one)');

test.skipIf(!canMount)('a workspace on a read-only disk', async () => {
  mkdirSync(workspace);
  const shell = `unshare -rm bash -c 'mount -t tmpfs -o ro none "$0" && exec "$@"' '${workspace}' "$@"`;
  expect(await expectRefusal({ shell })).toMatch(
    /expected a folder that can be written to, found EROFS\.\nMake it writable, or name another/,
  );
});

test.skipIf(process.getuid?.() === 0)('a workspace without the right to write', async () => {
  mkdirSync(workspace, { mode: 0o555 });
  expect(await expectRefusal()).toContain('expected a folder that can be written to, found EACCES');
});

test('a workspace of another layout', async () => {
  writeWorkspace({ schema: 'workspace/1', format: 99, id: '0a1b2c3d', version: '9.0.0', created_at: '2031-03-02T08:00:00.000Z' });
  expect(await expectRefusal()).toContain(`opening the workspace ${workspace}: expected layout 1, found 99.`);
});

test('a folder whose workspace.json is not ours', async () => {
  writeWorkspace({ name: 'harbour-office', folders: ['src'] });
  expect(await expectRefusal()).toContain('expected a workspace.json of ours, found something else');
});

test('a workspace that a process on another host uses', async () => {
  const path = writeUser({ pid: 4711, pid_started: 'a-boot-elsewhere.77', host: 'the-other-harbour', version: '0.1.0' });
  const said = await expectRefusal();
  expect(said).toContain('found one of 0.1.0 on the-other-harbour (process 4711)');
  expect(said).toContain(`remove ${path} when you know that it is gone`);
});

test('a workspace that another version uses', async () => {
  const { pid, started } = ownIdentity();
  writeUser({ pid, pid_started: started, host: hostname(), version: '0.0.9' });
  expect(await expectRefusal()).toContain(`found one of 0.0.9 on ${hostname()} (process ${pid})`);
});

test('a lock of a process that is gone, and one that is only being written, hold nobody up', async () => {
  const dead = writeUser({ pid: process.pid, pid_started: 'a-boot-long-ago.1', host: hostname(), version: '0.0.9' });
  const unfinished = `.tmp~${identityKey(ownIdentity())}~0a1b2c`;
  writeFileSync(join(dirname(dead), unfinished), '');
  const { code, err } = await startLauter(['distill', 'run-all', '--workspace', workspace, join(space.root, 'traces')]).ended;
  expect(code, err).toBe(0);
  expect(readdirSync(dirname(dead))).toEqual([unfinished]);
});
