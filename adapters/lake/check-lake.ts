import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { headSchema, manifestSchema, type Head, type Manifest, type ShardPart } from '../../schemas/manifest.ts';
import { sha256, startSha256 } from '../digest.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';

/** One thing that is not as it must be, on one file. */
export interface LakeFinding {
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** What was looked at, and what is wrong with it. */
export interface LakeCheck {
  readonly heads: number;
  readonly files: number;
  readonly bytes: number;
  readonly findings: readonly LakeFinding[];
}

/**
 * Follows every current version from its head over its manifest to its Parquet files: each document is what its schema says, a manifest's name
 * is the digest of its content, each file is there with the size and the sha256 that the manifest states. Reads every byte; changes nothing.
 */
export async function checkLake(root: string): Promise<LakeCheck> {
  const layout = lakeLayout(root);
  const findings: LakeFinding[] = [];
  let [heads, bytes] = [0, 0];
  const seen = new Set<string>();
  for (const kind of headKinds(root)) {
    heads += 1;
    const followed = followHead(layout, kind, findings);
    if (followed === null) continue;
    for (const part of partsOf(followed.manifest)) {
      if (seen.has(part.path)) continue;
      seen.add(part.path);
      bytes += part.bytes;
      const finding = await checkPart(layout, followed.path, part);
      if (finding !== null) findings.push(finding);
    }
  }
  return { heads, files: seen.size, bytes, findings };
}

function headKinds(root: string): string[] {
  const folder = join(root, 'heads');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

function followHead(layout: LakeLayout, kind: string, findings: LakeFinding[]): { manifest: Manifest; path: string } | null {
  const head = readDocument<Head>(layout.head(kind), headSchema, 'a head/1 document', findings);
  if (head === null) return null;
  const path = layout.manifest(kind, head.manifest);
  const manifest = readDocument<Manifest>(path, manifestSchema, 'a manifest/1 document', findings);
  if (manifest === null) return null;
  const digest = sha256(canonicalJson(manifest));
  if (digest !== head.manifest) findings.push({ path, expected: `content with the digest ${head.manifest}`, found: digest });
  return { manifest, path };
}

function partsOf({ shards, excluded }: Manifest): ShardPart[] {
  return [...shards.flatMap(({ parts }) => parts), ...(excluded === null ? [] : [excluded])];
}

async function checkPart(layout: LakeLayout, manifestPath: string, part: ShardPart): Promise<LakeFinding | null> {
  const path = pathInside(layout, part.path);
  if (path === null) return { path: manifestPath, expected: 'only paths inside the lake', found: part.path };
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return { path, expected: 'a file', found: 'none' };
  if (size !== part.bytes) return { path, expected: `${part.bytes} bytes`, found: `${size}` };
  const digest = await hashFile(path);
  return digest === part.sha256 ? null : { path, expected: `sha256 ${part.sha256}`, found: digest };
}

function pathInside(layout: LakeLayout, path: string): string | null {
  try {
    return layout.absolute(path);
  } catch (error) {
    if (error instanceof LakeCorruptError) return null;
    throw error;
  }
}

async function hashFile(path: string): Promise<string> {
  const digest = startSha256();
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) digest.update(chunk as Buffer);
  return digest.digest();
}

function readDocument<Value>(
  path: string,
  schema: { safeParse(value: unknown): { success: true; data: Value } | { success: false } },
  expected: string,
  findings: LakeFinding[],
): Value | null {
  let found = 'no such file';
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (parsed.success) return parsed.data;
    found = 'another one';
  } catch (error) {
    if (error instanceof SyntaxError) found = 'something that is no JSON';
    else if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  findings.push({ path, expected, found });
  return null;
}
