import { createReadStream, readFileSync, statSync } from 'node:fs';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { manifestSchema, type Manifest, type ShardPart } from '../../schemas/manifest.ts';
import { sha256, startSha256 } from '../digest.ts';
import type { LakeLayout } from './layout.ts';

/** One thing that is not as it must be, on one file. */
export interface LakeFinding {
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

export interface ManifestCheck {
  /** Null when it cannot be read. */
  readonly manifest: Manifest | null;
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  readonly findings: readonly LakeFinding[];
}

/** What goes along with a check. */
export interface ManifestWatch {
  /** Paths, relative to the lake, of files that were looked at before; added to. */
  readonly seen?: Set<string>;
  /** Called before each file, with how many were looked at and how many there are. */
  onFile?(done: number, total: number): void;
}

/**
 * Holds one dataset version against the disk: the manifest is what its schema says and its name the digest of its content, each Parquet file is
 * there with the size and the sha256 that the manifest states. Reads every byte; changes nothing.
 */
export async function checkManifest(layout: LakeLayout, kind: string, digest: string, watch: ManifestWatch = {}): Promise<ManifestCheck> {
  const path = layout.manifest(kind, digest);
  const findings: LakeFinding[] = [];
  const manifest = readLakeDocument<Manifest>(path, manifestSchema, 'a manifest/1 document', findings);
  if (manifest === null) return { manifest, path, files: 0, bytes: 0, findings };
  const named = sha256(canonicalJson(manifest));
  if (named !== digest) findings.push({ path, expected: `content with the digest ${digest}`, found: named });
  const { seen = new Set<string>() } = watch;
  const parts = partsOf(manifest).filter((part) => !seen.has(part.path));
  let [files, bytes] = [0, 0];
  for (const part of parts) {
    if (seen.has(part.path)) continue;
    watch.onFile?.(files, parts.length);
    seen.add(part.path);
    files += 1;
    bytes += part.bytes;
    const finding = await checkPart(layout, path, part);
    if (finding !== null) findings.push(finding);
  }
  return { manifest, path, files, bytes, findings };
}

/** The Parquet file of a part against what is stated of it; null when it is that. A path that leads out of the lake is a finding of its document. */
export async function checkPart(layout: LakeLayout, statedIn: string, part: ShardPart): Promise<LakeFinding | null> {
  const path = pathInside(layout, part.path);
  if (path === null) return { path: statedIn, expected: 'only paths inside the lake', found: part.path };
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return { path, expected: 'a file', found: 'none' };
  if (size !== part.bytes) return { path, expected: `${part.bytes} bytes`, found: `${size}` };
  const digest = await hashFile(path);
  return digest === part.sha256 ? null : { path, expected: `sha256 ${part.sha256}`, found: digest };
}

/** A document of the lake, or null with a finding that says why there is none. */
export function readLakeDocument<Value>(
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

/** Every Parquet file of a version, that of the excluded rows too. */
export function partsOf({ shards, excluded }: Manifest): ShardPart[] {
  return [...shards.flatMap(({ parts }) => parts), ...(excluded === null ? [] : [excluded])];
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
