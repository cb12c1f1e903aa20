import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { startLauter } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { chatLines, fileOf, writeDesks } from '../support/trace-corpus.ts';
import { digestsOf, essenceOf, exportedLines, headManifest, publishedState, reuseOf } from '../support/workspace-facts.ts';

// Repeated lines and second attempts are among them.
const LINES = chatLines(300);

const hasZstd = spawnSync('zstd', ['--version']).status === 0;
if (!hasZstd) console.log('skipped: zstd input (there is no zstd program here)');
const ZSTD_ENDING = hasZstd ? '.zst' : '';

function zstd(text: string): string | Uint8Array {
  return hasZstd ? spawnSync('zstd', ['-q', '-c'], { input: text }).stdout : text;
}

let space: TestSpace;
let plain: { workspace: string; summary: RunSummary };

beforeAll(async () => {
  space = makeTestSpace();
  space.trace('plain/desk.jsonl', fileOf(LINES));
  plain = await refine('../traces/plain/*');
});
afterAll(() => space.clear());

/** Runs the refinery over a folder in a workspace of its own; the source has the same name everywhere. */
async function refine(glob: string, distill: object = {}): Promise<{ workspace: string; summary: RunSummary }> {
  const workspace = space.workspace({ distill, sources: [{ name: 'desk', adapter: 'openai-chat', paths: [glob] }] });
  return { workspace, summary: await runIn(workspace) };
}

async function runIn(workspace: string): Promise<RunSummary> {
  const { code, out, err } = await startLauter(['distill', 'run-all', '--workspace', workspace, '--json']).ended;
  expect(code, err).toBe(0);
  return JSON.parse(out) as RunSummary;
}

function versionOf(workspace: string, kind: string) {
  const { rows, content_digest, row_digest } = headManifest(workspace, kind);
  return { rows, content_digest, row_digest };
}

/** The same content, read from other places. */
function expectSameContent(other: { workspace: string; summary: RunSummary }): void {
  expect(digestsOf(other.summary)).toEqual(digestsOf(plain.summary));
  const { categories, exports, quarantined, redactions } = plain.summary;
  expect(other.summary).toMatchObject({ categories, exports, quarantined, redactions });
  for (const kind of ['evidence', 'scored']) {
    const [found, known] = [versionOf(other.workspace, kind), versionOf(plain.workspace, kind)];
    expect(found.rows).toBe(known.rows);
    expect(found.content_digest).toBe(known.content_digest);
    expect(found.row_digest).not.toBe(known.row_digest);
  }
}

test('a second run on the same input reuses every shard and gives the same digests and files', async () => {
  const before = publishedState(plain.workspace);
  const again = await runIn(plain.workspace);
  expect(again.run_id).not.toBe(plain.summary.run_id);
  expect(reuseOf(again)).toEqual({
    materialize: { shards: 1, reused: 1 },
    score: { shards: 1, reused: 1 },
    export: { shards: 1, reused: 1 },
  });
  expect(essenceOf(again)).toEqual(essenceOf(plain.summary));
  expect(again.drift).toEqual({ severity: 'ok', against: plain.summary.run_id });
  expect(exportedLines(plain.workspace, again.run_id)).toEqual(exportedLines(plain.workspace, plain.summary.run_id));
  expect(publishedState(plain.workspace)['latest']).toBe(again.run_id);
  expect(before['latest']).toBe(plain.summary.run_id);
});

test('lines in another order give the same content', async () => {
  space.trace('shuffled/desk.jsonl', fileOf(LINES.toReversed()));
  expectSameContent(await refine('../traces/shuffled/*'));
});

test('several files, plain and compressed, give the same content', async () => {
  space.trace('split/desk-a.jsonl', fileOf(LINES.slice(0, 100)));
  space.trace('split/desk-b.jsonl.gz', gzipSync(fileOf(LINES.slice(100, 200))));
  space.trace(`split/desk-c.jsonl${ZSTD_ENDING}`, zstd(fileOf(LINES.slice(200))));
  expectSameContent(await refine('../traces/split/*'));
});

test('one thread and two give the same rows, each in the same place', async () => {
  const sources = writeDesks(space, 4, 75);
  const [alone, together] = await Promise.all(
    [1, 2].map(async (threads) => {
      const workspace = space.workspace({ sources, engine: { threads } });
      return { workspace, summary: await runIn(workspace) };
    }),
  );
  expect(together!.summary.stages[0]).toMatchObject({ shards: 4, shards_reused: 0 });
  expect(essenceOf(together!.summary)).toEqual(essenceOf(alone!.summary));
  for (const kind of ['evidence', 'scored']) expect(versionOf(together!.workspace, kind)).toEqual(versionOf(alone!.workspace, kind));
  expect(exportedLines(together!.workspace, together!.summary.run_id)).toEqual(exportedLines(alone!.workspace, alone!.summary.run_id));
});

test('a line that is missing gives other digests', async () => {
  space.trace('short/desk.jsonl', fileOf(LINES.slice(1)));
  const short = await refine('../traces/short/*');
  expect(digestsOf(short.summary)['materialize']).not.toBe(digestsOf(plain.summary)['materialize']);
  expect(digestsOf(short.summary)['export']).not.toBe(digestsOf(plain.summary)['export']);
});
