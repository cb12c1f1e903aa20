import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../../adapters/lake/database.ts';
import { lakeLayout } from '../../../adapters/lake/layout.ts';
import { publishSplits } from '../../../adapters/lake/publish-splits.ts';
import { enterRelease, releaseEntry, releaseFolder } from '../../../adapters/lake/release-entries.ts';
import { boundSplits, releasedSplits } from '../../../adapters/lake/released-splits.ts';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';
import type { FrozenSplits } from '../../../schemas/release-manifest.ts';
import { makeHarborWorkspace, type HarborWorkspace } from '../../support/harbor-workspace.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const LIMITS = { threads: 1, memoryMb: 256 };
let harbor: HarborWorkspace;
let database: Database;
beforeAll(async () => {
  harbor = await makeHarborWorkspace();
  database = await openDatabase({ ...LIMITS, tempDir: join(harbor.root, 'spill') });
});
afterAll(() => {
  database.close();
  harbor.clear();
});

interface Placed {
  readonly task_key: string;
  readonly split: string;
}

/** Enters a release with these splits in a workspace. */
async function release(workspace: string, version: string, frozen_at: string, splits: Readonly<Record<string, string>>): Promise<void> {
  const rows = Object.entries(splits).map(([task, split]) => ({ task_key: task, split }));
  const published = await publishSplits(workspace, LIMITS, { runId: writeExport(workspace, version, rows), version });
  enter(workspace, version, frozen_at, published);
}

function enter(workspace: string, version: string, frozen_at: string, splits: FrozenSplits): void {
  enterRelease(workspace, { schema: 'release/1', version, frozen_at, run_id: version, head: 'c', manifest_digest: 'd'.repeat(64), splits });
}

/** A run that exported these rows: all of them to RAG, the first one also to SFT, none to the pairs. */
function writeExport(workspace: string, runId: string, rows: readonly Placed[]): string {
  const folder = temporaryFolderIn(workspace, `exports/${runId}`);
  const lines = (some: readonly Placed[]): string => some.map((row) => `${JSON.stringify({ id: row.task_key, ...row })}\n`).join('');
  const documents = temporaryFolderIn(workspace, `lake/runs/${runId}`);
  for (const [set, own] of [
    ['rag', rows],
    ['sft', rows.slice(0, 1)],
    ['preference', []],
  ] as const) {
    writeFileSync(join(folder, `${set}.jsonl`), lines(own));
    const files = [
      { name: `${set}.jsonl`, rows: own.length },
      { name: `${set}.jsonl.schema.json`, rows: 0 },
      { name: `${set}/openai/train.jsonl`, rows: own.length },
    ];
    writeFileSync(join(documents, `written-${set}.json`), JSON.stringify({ files }));
  }
  return runId;
}

function temporaryFolderIn(workspace: string, name: string): string {
  mkdirSync(join(workspace, name), { recursive: true });
  return join(workspace, name);
}

async function splitsOf(workspace: string): Promise<Record<string, string>> {
  const { sql } = releasedSplits(lakeLayout(join(workspace, 'lake')))!;
  const rows = await database.rows<Placed>(`SELECT * FROM ${sql} ORDER BY task_key`);
  return Object.fromEntries(rows.map(({ task_key, split }) => [task_key, split]));
}

describe('the splits of a release', () => {
  test('are those of its exported rows, one a task', async () => {
    const splits = await publishSplits(harbor.workspace, LIMITS, { runId: harbor.runId, version: '1.0.0' });
    // By hand: the answers about berth and tides are in the sets; those about gulls are in none.
    expect(splits).toMatchObject({ tasks: 2, path: `lake/releases/1.0.0/splits-${splits.sha256.slice(0, 16)}.parquet` });
    expect(releasedSplits(lakeLayout(join(harbor.workspace, 'lake')))).toBeUndefined();
    enter(harbor.workspace, '1.0.0', '2026-03-02T09:00:00.000Z', splits);
    const rag = await database.rows<Placed>(
      `SELECT DISTINCT task_key, split FROM read_parquet('${join(harbor.workspace, 'exports', harbor.runId, 'rag/playbooks.parquet')}')`,
    );
    expect(await splitsOf(harbor.workspace)).toEqual(Object.fromEntries(rag.map(({ task_key, split }) => [task_key, split])));
    expect(Object.keys(await splitsOf(harbor.workspace))).toEqual(['openai-chat/berth-7', 'openai-chat/tides']);
  });

  test('of several releases: of each task as the latest one says that holds it', async () => {
    const workspace = temporaryFolder();
    await release(workspace, 'spring', '2026-03-01T00:00:00.000Z', { berth: 'test', tides: 'train' });
    const before = releasedSplits(lakeLayout(join(workspace, 'lake')))!.key;
    await release(workspace, 'autumn', '2026-09-01T00:00:00.000Z', { gulls: 'train', tides: 'validation' });
    expect(await splitsOf(workspace)).toEqual({ berth: 'test', gulls: 'train', tides: 'validation' });
    const after = releasedSplits(lakeLayout(join(workspace, 'lake')))!.key;
    expect(after).not.toBe(before);
    expect(releasedSplits(lakeLayout(join(workspace, 'lake')))!.key).toBe(after);
  });

  test('frozen again under the same name take the place of those before', async () => {
    const workspace = temporaryFolder();
    await release(workspace, '1.0.0', '2026-03-01T00:00:00.000Z', { berth: 'test' });
    await release(workspace, '1.0.0', '2026-03-02T00:00:00.000Z', { berth: 'train', tides: 'train' });
    expect(await splitsOf(workspace)).toEqual({ berth: 'train', tides: 'train' });
    expect(readdirSync(releaseFolder(lakeLayout(join(workspace, 'lake')), '1.0.0'))).toHaveLength(2);
  });

  test('are refused when a task stands on two sides', async () => {
    const workspace = temporaryFolder();
    const runId = writeExport(workspace, 'run', [
      { task_key: 'berth', split: 'train' },
      { task_key: 'berth', split: 'test' },
    ]);
    await expect(publishSplits(workspace, LIMITS, { runId, version: '1.0.0' })).rejects.toThrow('on task berth: expected train or');
  });

  test('are not believed when their file or their entry is another one', async () => {
    const workspace = temporaryFolder();
    const layout = lakeLayout(join(workspace, 'lake'));
    await release(workspace, '1.0.0', '2026-03-01T00:00:00.000Z', { berth: 'test' });
    const { splits } = releaseEntry(layout, '1.0.0')!;
    writeFileSync(join(workspace, splits.path), 'x'.repeat(splits.bytes));
    expect(() => releasedSplits(layout)).toThrow(LakeCorruptError);
    writeFileSync(join(releaseFolder(layout, '1.0.0'), 'release.json'), '{}');
    expect(releaseEntry(layout, '1.0.0')).toBeNull();
    expect(() => releasedSplits(layout)).toThrow(LakeCorruptError);
    expect(releaseEntry(layout, '2.0.0')).toBeUndefined();
  });
});

test('whose split is bound: released tasks keep theirs, their neighbours follow the smallest, and a cluster with two sides is marked', async () => {
  const table = (columns: string, rows: string): string => `(SELECT * FROM (VALUES ${rows}) AS t(${columns}))`;
  const cluster = table('task_key, cluster', `('a', 'a'), ('b', 'a'), ('c', 'a'), ('d', 'd'), ('e', 'd'), ('m', 'm'), ('n', 'm')`);
  const released = table('task_key, split', `('b', 'test'), ('c', 'train'), ('e', 'validation'), ('z', 'train')`);
  const rows = await database.rows<Placed & { is_straddled: boolean }>(`SELECT * FROM ${boundSplits(released, cluster)} ORDER BY task_key`);
  expect(rows.map(({ task_key, split, is_straddled }) => [task_key, split, is_straddled])).toEqual([
    ['a', 'test', true],
    ['b', 'test', true],
    ['c', 'train', true],
    ['d', 'validation', false],
    ['e', 'validation', false],
    ['z', 'train', false],
  ]);
});
