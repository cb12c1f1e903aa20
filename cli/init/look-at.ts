import { statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type { DetectedFile } from '../../adapters/sources/detect.ts';
import { detectPaths } from '../sources/detect-files.ts';
import type { LookedAt } from './propose-sources.ts';

/** Looks at folders, files and globs; the files of one folder that were named one by one count as one place. */
export async function lookAt(paths: readonly string[], cwd: string, workspace: string): Promise<LookedAt[]> {
  const places = new Map<string, LookedAt>();
  const seen = new Set<string>();
  for (const path of paths) {
    const full = resolve(cwd, path);
    const found = (await detectPaths([path], cwd)).filter((file) => !seen.has(file.path) && !isOurs(file, workspace));
    for (const file of found) seen.add(file.path);
    const isFolder = statSync(full, { throwIfNoEntry: false })?.isDirectory() === true;
    for (const folder of isFolder ? [full] : new Set(found.map((file) => dirname(file.path)))) {
      const files = isFolder ? found : found.filter((file) => dirname(file.path) === folder);
      const known = places.get(folder);
      places.set(folder, { folder, isWhole: isFolder || known?.isWhole === true, files: [...(known?.files ?? []), ...files] });
    }
  }
  return [...places.values()];
}

const OUR_FOLDERS = ['lake', 'exports', 'reports', 'ledger', 'audit', 'locks', 'temporal'];
const OUR_FILES = ['workspace.json', 'lauter.config.json', 'lauter.schema.json'];

/** What Lauter itself wrote into a workspace among the traces. */
function isOurs({ path }: DetectedFile, workspace: string): boolean {
  if (OUR_FILES.some((name) => path === join(workspace, name))) return true;
  return OUR_FOLDERS.some((name) => path.startsWith(join(workspace, name) + sep));
}
