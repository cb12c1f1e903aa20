import { join, resolve, sep } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';

/** Where the parts of the lake lie, below its root. */
export interface LakeLayout {
  readonly root: string;
  /** Scratch of work in progress; whatever is left in it by a dead process is swept. */
  readonly scratch: string;
  absolute(path: string): string;
  /** Relative path of a shard's Parquet file. */
  part(kind: string, key: string, day: string | null): string;
  /** Relative path of a shard of text. */
  text(kind: string, key: string): string;
  entry(kind: string, key: string): string;
  manifest(kind: string, digest: string): string;
  head(kind: string): string;
}

export function lakeLayout(root: string): LakeLayout {
  return {
    root,
    scratch: join(root, 'scratch'),
    absolute: (path) => inside(root, path),
    part: (kind, key, day) => join(kind, ...dayFolders(day), `${key}.parquet`),
    text: (kind, key) => join(kind, `${key}.jsonl`),
    entry: (kind, key) => join(root, 'entries', kind, `${key}.json`),
    manifest: (kind, digest) => join(root, 'manifests', kind, `${digest}.json`),
    head: (kind) => join(root, 'heads', `${kind}.json`),
  };
}

/** A manifest or entry that was tampered with must not lead a reader, or a writer, out of the lake. */
function inside(root: string, path: string): string {
  const absolute = resolve(root, path);
  if (absolute.startsWith(resolve(root) + sep)) return absolute;
  throw new LakeCorruptError(
    `following ${path}: expected a path below ${root}, found one outside.`,
    'A document of the lake was altered. Restore it, or remove it and run the same command again.',
  );
}

function dayFolders(day: string | null): string[] {
  if (day === null) return [];
  return day === 'undated' ? ['undated'] : day.split('-');
}
