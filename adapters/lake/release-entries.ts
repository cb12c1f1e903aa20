import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { releaseEntrySchema, type ReleaseEntry } from '../../schemas/release-entry.ts';
import type { FrozenSplits } from '../../schemas/release-manifest.ts';
import { writeJsonAtomically } from '../atomic-write.ts';
import { digestFile } from '../file-digest.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';

const ENTRY = 'release.json';

/** Makes a release count for every later run; a release of the same name is replaced. */
export function enterRelease(workspace: string, entry: ReleaseEntry): void {
  const folder = releaseFolder(lakeLayout(join(workspace, 'lake')), entry.version);
  writeJsonAtomically(join(folder, ENTRY), entry);
  for (const name of readdirSync(folder))
    if (name.startsWith('splits-') && !entry.splits.path.endsWith(`/${name}`)) rmSync(join(folder, name), { force: true });
}

/** The entry of a release; undefined when there is none, null when it cannot be read. */
export function releaseEntry(layout: LakeLayout, version: string): ReleaseEntry | null | undefined {
  const path = join(releaseFolder(layout, version), ENTRY);
  if (!existsSync(path)) return undefined;
  try {
    return releaseEntrySchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** All releases, oldest first. LakeCorruptError when one is not what was entered. */
export function wholeReleases(layout: LakeLayout): ReleaseEntry[] {
  const root = join(layout.root, 'releases');
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((version) => existsSync(join(root, version, ENTRY)))
    .map((version) => wholeEntry(layout, version))
    .sort((left, right) => compare(left.frozen_at, right.frozen_at) || compare(left.version, right.version));
}

/** Absolute path of the splits of a release. */
export function splitsPath(layout: LakeLayout, { path }: FrozenSplits): string {
  return layout.absolute(path.replace(/^lake\//, ''));
}

/** Folder of what the lake keeps of a release. */
export function releaseFolder(layout: LakeLayout, version: string): string {
  return layout.absolute(join('releases', version));
}

function wholeEntry(layout: LakeLayout, version: string): ReleaseEntry {
  const entry = releaseEntry(layout, version);
  if (entry === null || entry === undefined || entry.version !== version) throw damaged(version, 'another entry');
  const path = splitsPath(layout, entry.splits);
  if (statSync(path, { throwIfNoEntry: false })?.size !== entry.splits.bytes || digestFile(path).sha256 !== entry.splits.sha256)
    throw damaged(version, `another content of ${entry.splits.path}`);
  return entry;
}

function damaged(version: string, found: string): LakeCorruptError {
  return new LakeCorruptError(
    `reading which splits were released, on release ${version}: expected what was entered, found ${found}.`,
    'Restore lake/releases from a backup: without it, released rows could move to another split.',
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
