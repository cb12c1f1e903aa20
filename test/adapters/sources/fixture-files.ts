import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '../../../domain/shared/json.ts';

/** A file of a source: its path relative to the source's root, its text, and the options its source would carry. */
export interface FixtureFile {
  readonly path: string;
  readonly text: string;
  readonly options?: Readonly<Record<string, JsonValue>>;
}

const ROOT = join(import.meta.dirname, 'fixtures');

/** One file of an adapter's fixture folder. */
export function fixture(adapterName: string, path: string): FixtureFile {
  return { path, text: readFileSync(join(ROOT, adapterName, path), 'utf8') };
}

/** Every file of all other adapters' fixture folders: none of them may be recognised by this one. */
export function foreignTo(adapterName: string): FixtureFile[] {
  const folders = readdirSync(ROOT).filter((name) => name !== adapterName);
  return folders.flatMap((folder) => filesBelow(join(ROOT, folder)).map((path) => fixture(folder, path)));
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}
