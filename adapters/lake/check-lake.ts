import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { headSchema, shardEntrySchema, type Head, type ShardEntry } from '../../schemas/manifest.ts';
import { checkManifest, checkPart, readLakeDocument, type LakeFinding } from './check-manifest.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';
import { isAsLarge } from './shard.ts';

/** What was looked at, and what is wrong with it. */
export interface LakeCheck {
  readonly heads: number;
  readonly files: number;
  readonly bytes: number;
  readonly findings: readonly LakeFinding[];
}

/**
 * Follows every current version from its head over its manifest to its Parquet files and holds each against what is stated of it; see
 * {@link checkManifest}. Then every other shard that a run would take for finished: its entry can be read, its files are those that were written.
 * Reads every byte; changes nothing.
 */
export async function checkLake(root: string): Promise<LakeCheck> {
  const layout = lakeLayout(root);
  const findings: LakeFinding[] = [];
  let [heads, bytes] = [0, 0];
  const seen = new Set<string>();
  for (const kind of namesIn(join(root, 'heads'))) {
    heads += 1;
    const head = readLakeDocument<Head>(layout.head(kind), headSchema, 'a head/1 document', findings);
    if (head === null) continue;
    const checked = await checkManifest(layout, kind, head.manifest, { seen });
    bytes += checked.bytes;
    findings.push(...checked.findings);
  }
  bytes += await checkShards(layout, seen, findings);
  return { heads, files: seen.size, bytes, findings };
}

/** A shard with a file that is gone or of another size is none, and made anew when it is needed: only what looks whole can do harm. */
async function checkShards(layout: LakeLayout, seen: Set<string>, findings: LakeFinding[]): Promise<number> {
  let bytes = 0;
  const entries = join(layout.root, 'entries');
  const kinds = existsSync(entries) ? readdirSync(entries).sort() : [];
  for (const [kind, key] of kinds.flatMap((kind) => namesIn(join(entries, kind)).map((key) => [kind, key] as const))) {
    const path = layout.entry(kind, key);
    const entry = readLakeDocument<ShardEntry>(path, shardEntrySchema, 'a shard/1 document', findings);
    for (const part of entry?.parts ?? []) {
      if (seen.has(part.path)) continue;
      seen.add(part.path);
      bytes += part.bytes;
      const finding = await checkPart(layout, path, part);
      if (finding !== null && (finding.path === path || isAsLarge(layout, part))) findings.push(finding);
    }
  }
  return bytes;
}

/** Names of the documents in a folder, without their ending. */
function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}
