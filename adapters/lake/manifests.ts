import { existsSync, readFileSync } from 'node:fs';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { headSchema, manifestSchema, type Head, type Manifest, type ShardEntry, type ShardPart } from '../../schemas/manifest.ts';
import { writeJsonAtomically } from '../atomic-write.ts';
import { sha256, startSha256 } from '../digest.ts';
import type { Database } from './database.ts';
import type { KindName } from './kinds.ts';
import type { LakeLayout } from './layout.ts';
import { rowsOf } from './rows.ts';

/** Digests the rows of the shards in key order and stores the manifest under its own digest. */
export async function storeManifest(
  layout: LakeLayout,
  database: Database,
  kind: KindName,
  key: string,
  shards: readonly ShardEntry[],
  excluded: ShardPart | null,
): Promise<{ manifest: Manifest; digest: string }> {
  const parts = shards.flatMap((shard) => shard.parts);
  const rowDigest = startSha256();
  const contentDigest = startSha256();
  let rows = 0;
  for await (const batch of database.stream<{ row_digest: string; content_digest: string }>(
    `SELECT row_digest, content_digest FROM ${rowsOf(layout, kind, parts, excluded)} ORDER BY ${key}`,
  )) {
    rowDigest.update(batch.map((row) => row.row_digest).join(''));
    contentDigest.update(batch.map((row) => row.content_digest).join(''));
    rows += batch.length;
  }
  const manifest: Manifest = {
    schema: 'manifest/1',
    kind,
    rows,
    row_digest: rowDigest.digest(),
    content_digest: contentDigest.digest(),
    shards: shards.map((shard) => ({ key: shard.key, rows: shard.rows, parts: shard.parts })),
    excluded,
  };
  const digest = sha256(canonicalJson(manifest));
  if (!existsSync(layout.manifest(kind, digest))) writeJsonAtomically(layout.manifest(kind, digest), manifest);
  return { manifest, digest };
}

export function readManifest(layout: LakeLayout, kind: string, digest: string): Manifest {
  return readChecked(layout.manifest(kind, digest), manifestSchema);
}

/** The current version of a kind, or undefined before the first run. */
export function readHead(layout: LakeLayout, kind: string): Head | undefined {
  return existsSync(layout.head(kind)) ? readChecked(layout.head(kind), headSchema) : undefined;
}

export function writeHead(layout: LakeLayout, head: Head): void {
  writeJsonAtomically(layout.head(head.kind), head);
}

function readChecked<Value>(
  path: string,
  schema: { safeParse(value: unknown): { success: true; data: Value } | { success: false } },
): Value {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw corrupt(path, error);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw corrupt(path);
  return parsed.data;
}

function corrupt(path: string, cause?: unknown): LakeCorruptError {
  return new LakeCorruptError(
    `reading ${path}: expected a lake document, found something else.`,
    'Run the same command again: what is missing is made anew.',
    {},
    cause,
  );
}
