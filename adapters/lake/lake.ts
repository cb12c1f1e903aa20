import type { Lake } from '../../activities/ports.ts';
import type { Manifest, ShardEntry } from '../../schemas/manifest.ts';
import { admittedLines } from './admitted-lines.ts';
import { identifier, type Database, type DatabaseLimits } from './database.ts';
import { decideExport } from './decisions.ts';
import { scanCategorized, scanEvidence, settleEvidence } from './evidence.ts';
import { convertToParquet } from './export-parquet.ts';
import type { KindName } from './kinds.ts';
import { lakeLayout } from './layout.ts';
import { readManifest, storeManifest, writeHead } from './manifests.ts';
import { scanPairs } from './pairs.ts';
import { writeRefused, writeUnread } from './refused-rows.ts';
import { releasedSplits } from './released-splits.ts';
import { rowsOf } from './rows.ts';
import { findShard } from './shard.ts';
import { ShardDraft, withDatabase } from './shard-draft.ts';

/** The lake below a folder. Every operation opens a database of its own within `limits` and closes it. */
export function openLake(root: string, limits: Omit<DatabaseLimits, 'tempDir'>): Lake {
  const layout = lakeLayout(root);
  const using = <Result>(work: (database: Database, scratch: string) => Promise<Result>): Promise<Result> =>
    withDatabase(layout, limits, work);
  const streaming = <Batch>(scan: (database: Database) => AsyncIterable<Batch>): AsyncIterable<Batch> => scanWithDatabase(using, scan);
  return {
    find: (kind, key) => findShard(layout, kind, key),
    draft: () => new ShardDraft(layout, limits),
    shardsOf: (shards, ids) => using((database) => shardsOf(database, shards, ids)),
    scanEvidence: (evidence) => streaming((database) => scanEvidence(layout, database, evidence)),
    scanCategorized: (evidence, scored) => streaming((database) => scanCategorized(layout, database, evidence, scored)),
    settleEvidence: (shards) => using((database, scratch) => settleEvidence(layout, database, scratch, shards)),
    settleScored: (shards, excluded) => using((database) => storeManifest(layout, database, 'scored', 'evidence_id', shards, excluded)),
    decideExport: (request) => using((database, scratch) => decideExport(layout, database, scratch, request)),
    admittedLines: (version, set, split) => streaming((database) => admittedLines(layout, database, version, set, split)),
    scanPairs: (version, evidence, scored) => streaming((database) => scanPairs(layout, database, version, evidence, scored)),
    writeRefused: (version, set, sentences, path) => using((database) => writeRefused(layout, database, version, set, sentences, path)),
    writeUnread: (refused, evidence, sentences, path) =>
      using((database) => writeUnread(layout, database, refused, evidence, sentences, path)),
    countBy: (manifest, columns) => using((database) => countBy(database, manifest, columns)),
    releasesKey: () => releasedSplits(layout)?.key ?? '',
    readManifest: (kind, digest) => readManifest(layout, kind, digest),
    setHead: (kind, manifest, runId) => writeHead(layout, { schema: 'head/1', kind, manifest, run_id: runId }),
    convertToParquet: (set, jsonlPath, longestBytes, parquetPath) =>
      using((database) => convertToParquet(database, set, { path: jsonlPath, longestBytes }, parquetPath)),
  };

  async function shardsOf(database: Database, shards: readonly ShardEntry[], ids: readonly string[]): ReturnType<Lake['shardsOf']> {
    const parts = shards.flatMap((shard) => shard.parts);
    const rows = await database.rows<{ shard: string; ids: string[] }>(
      `SELECT shard, list(id ORDER BY id) AS ids FROM ${rowsOf(layout, 'evidence', parts)} WHERE id IN (SELECT unnest(from_json($ids, '["VARCHAR"]'))) GROUP BY shard ORDER BY shard`,
      { ids: JSON.stringify(ids) },
    );
    return Object.fromEntries(rows.map((row) => [row.shard, row.ids]));
  }

  function countBy(database: Database, manifest: Manifest, columns: readonly string[]): ReturnType<Lake['countBy']> {
    const parts = manifest.shards.flatMap((shard) => shard.parts);
    const list = columns.map(identifier).join(', ');
    return database.rows(
      `SELECT ${list}, count(*) AS rows FROM ${rowsOf(layout, manifest.kind as KindName, parts, manifest.excluded)} GROUP BY ALL ORDER BY ${list}`,
    );
  }
}

/** Hands batches on as they come and closes the database when the reader is done, also when it stops early. */
async function* scanWithDatabase<Batch>(
  using: <Result>(work: (database: Database) => Promise<Result>) => Promise<Result>,
  scan: (database: Database) => AsyncIterable<Batch>,
): AsyncIterable<Batch> {
  let open!: (database: Database) => void;
  let finish!: () => void;
  const opened = new Promise<Database>((resolve) => (open = resolve));
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const held = using((database) => {
    open(database);
    return finished;
  });
  try {
    // `held` rejects when no database could be opened; nothing would ever arrive then.
    yield* scan(await Promise.race([opened, held.then(() => opened)]));
  } finally {
    finish();
    await held;
  }
}
