import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** True when the package.json of a folder has a script of this name. */
export function hasPackageScript(folder: string, name: string): boolean {
  const text = readTextIfThere(join(folder, 'package.json'));
  if (text === undefined) return false;
  try {
    const { scripts } = JSON.parse(text) as { scripts?: Readonly<Record<string, unknown>> };
    return typeof scripts?.[name] === 'string';
  } catch {
    return false;
  }
}

/** A text file; undefined when there is none. */
export function readTextIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
