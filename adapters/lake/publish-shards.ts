import { closeSync, fsync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ShardEntry, ShardPart } from '../../schemas/manifest.ts';
import { writeWhole } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';
import { temporaryName } from '../scratch.ts';
import type { LakeLayout } from './layout.ts';

/** A shard whose files are finished and checked, but not yet where they belong. */
export interface PreparedShard {
  readonly kind: string;
  readonly key: string;
  readonly counts: Readonly<Record<string, unknown>>;
  /** Files in the scratch folder, with what the entry will say of them. */
  readonly files: readonly { readonly path: string; readonly part: ShardPart }[];
}

const sync = promisify(fsync);

/**
 * Publishes finished shards in their order: files first, by rename, then the entries that make them exist. Whatever happens, an entry leads to whole
 * files, and a later shard of the list exists only with those before it. Each round of fsync is one wait however many files it has: a wait for each
 * made a tenth of a cold run.
 */
export async function publishShards(layout: LakeLayout, shards: readonly PreparedShard[]): Promise<ShardEntry[]> {
  const files = shards.flatMap((shard) => shard.files);
  await syncAll(files.map((file) => file.path));
  const folders = new Set<string>();
  for (const { path, part } of files) {
    const final = layout.absolute(part.path);
    folders.add(makeFolder(dirname(final)));
    renameSync(path, final);
  }
  await syncAll([...folders]);
  return publishEntries(layout, shards.map(entryOf));
}

function entryOf({ kind, key, counts, files }: PreparedShard): ShardEntry {
  const parts = files.map((file) => file.part);
  return { schema: 'shard/1', kind, key, rows: parts.reduce((sum, part) => sum + part.rows, 0), parts, counts: { ...counts } };
}

async function publishEntries(layout: LakeLayout, entries: readonly ShardEntry[]): Promise<ShardEntry[]> {
  const places = entries.map((entry) => {
    const path = layout.entry(entry.kind, entry.key);
    return { path, temporary: join(makeFolder(dirname(path)), temporaryName()), text: `${JSON.stringify(entry, null, 2)}\n` };
  });
  try {
    for (const { temporary, text, path } of places) writeNew(temporary, text, path);
    await syncAll(places.map(({ temporary }) => temporary));
    for (const { temporary, path } of places) renameSync(temporary, path);
  } catch (error) {
    for (const { temporary } of places) rmSync(temporary, { force: true });
    throw error;
  }
  await syncAll([...new Set(places.map(({ path }) => dirname(path)))]);
  return [...entries];
}

function writeNew(temporary: string, text: string, path: string): void {
  try {
    const file = openSync(temporary, 'wx');
    try {
      writeWhole(file, Buffer.from(text));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw translateDiskFull(error, path) ?? error;
  }
}

function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

/** fsync of files and folders, all at once. */
async function syncAll(paths: readonly string[]): Promise<void> {
  const open: number[] = [];
  try {
    for (const path of paths) open.push(openSync(path, 'r'));
    await Promise.all(open.map((file) => sync(file)));
  } finally {
    for (const file of open) closeSync(file);
  }
}
