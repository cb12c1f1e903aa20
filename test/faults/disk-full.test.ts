import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { startLauter, startTypeScript } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { tornFilesIn } from '../support/torn-files.ts';
import { chatLines, fileOf, writeDesks } from '../support/trace-corpus.ts';
import { essenceOf, publishedState, readJson, runStates, temporariesIn } from '../support/workspace-facts.ts';

const DESKS = 4;
const RECORDS = 150;

let space: TestSpace;
let sources: object[];
let undisturbed: RunSummary;

beforeAll(async () => {
  space = makeTestSpace();
  sources = writeDesks(space, DESKS, RECORDS);
  const { code, out, err } = await startLauter(runAll(space.workspace({ sources }))).ended;
  expect(code, err).toBe(0);
  undisturbed = JSON.parse(out) as RunSummary;
});
afterAll(() => space.clear());

function runAll(workspace: string, ...more: string[]): string[] {
  return ['distill', 'run-all', '--workspace', workspace, '--json', ...more];
}

test('The disk was full: a run without room ends with code 2 and leaves what was there; with room again the same command goes on', async () => {
  // First only one desk is known, so that there is an accepted run to lose.
  space.trace('first.jsonl', fileOf(chatLines(RECORDS)));
  const workspace = space.workspace({ sources });
  const first = await startLauter(runAll(workspace, '../traces/first.jsonl', '--keep-server'), { cwd: workspace }).ended;
  expect(first.code, first.err).toBe(0);
  const before = publishedState(workspace);
  // The server that the first command left running has no limit. A shard's rows take some 250 kB, the RAG file of all desks 480 kB.
  const inShard = await startLauter(runAll(workspace), { shell: 'ulimit -f 60; exec "$@"' }).ended;
  const inExport = await startLauter(runAll(workspace), { shell: 'ulimit -f 420; exec "$@"' }).ended;
  for (const { code, out, err } of [inShard, inExport]) {
    expect(code, err).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^writing \S+: expected room on the disk, found none/m);
    expect(err).toContain('Free some space, or move the workspace with --workspace, and run the same command again');
  }
  expect(inShard.err).not.toContain('score …');
  expect(inExport.err).toContain('export …');
  expect(publishedState(workspace)).toEqual(before);
  expect(await tornFilesIn(workspace)).toEqual([]);
  expect(runStates(workspace).map(({ state }) => state)).toEqual(['accepted', 'failed', 'failed']);

  const { code, out, err } = await startLauter(runAll(workspace)).ended;
  expect(code, err).toBe(0);
  const summary = JSON.parse(out) as RunSummary;
  expect(essenceOf(summary)).toEqual(essenceOf(undisturbed));
  expect(summary.stages[0]).toMatchObject({ shards: DESKS, shards_reused: DESKS });
  expect(temporariesIn(workspace)).toEqual([]);
});

test("DuckDB's own writes report a full disk as one", async () => {
  const program = fileURLToPath(new URL('parquet-writer.ts', import.meta.url));
  const limited = await startTypeScript([program, space.root], { shell: 'ulimit -f 500; exec "$@"' }).ended;
  expect(limited.out).toMatch(/^no room: writing \S+: expected room on the disk, found none \(.*Could not write.*File too large/);
  const free = await startTypeScript([program, space.root]).ended;
  expect(free.out).toBe('written\n');
});

const canMount = spawnSync('unshare', ['-rm', 'bash', '-c', 'mount -t tmpfs -o size=1m none /mnt']).status === 0;
if (!canMount) console.log('skipped: a disk that is really full (this user may not mount a small one)');

test.skipIf(!canMount)('a disk that is really full, with the engine on it, too, and the same disk with room again', async () => {
  const workspace = space.workspace({});
  const more = writeDesks(space, DESKS, 4 * RECORDS);
  const config = JSON.stringify({ sources: more });
  const after = join(space.root, 'after');
  // The engine needs some 5 MB, the run 15 MB. The disk exists for this shell alone, so what it holds is copied out of it.
  const steps = [
    `mount -t tmpfs -o size=9m none '${workspace}'`,
    `echo '${config}' > '${workspace}/lauter.config.json'`,
    `"$@"; echo "first: $?"`,
    `mount -o remount,size=200m '${workspace}'`,
    `"$@" > '${space.root}/summary.json'; echo "second: $?"`,
    `mkdir '${after}' && cp -r '${workspace}/lake' '${workspace}/exports' '${workspace}/reports' '${after}'`,
  ];
  const shell = `unshare -rm bash -c '${steps.join(' && ').replaceAll("'", `'\\''`)}' bash "$@"`;
  const { out, err } = await startLauter(runAll(workspace), { shell }).ended;
  expect(out, err).toBe('first: 2\nsecond: 0\n');
  expect(err).toMatch(/^writing .*expected room on the disk, found none/m);
  expect(await tornFilesIn(after)).toEqual([]);
  expect(temporariesIn(after)).toEqual([]);
  expect(runStates(after).map(({ state }) => state)).toEqual(['failed', 'accepted']);
  const summary = readJson<RunSummary>(join(space.root, 'summary.json'));
  expect(summary.stages[0]).toMatchObject({ rows_in: DESKS * 4 * RECORDS, shards: DESKS });
});
