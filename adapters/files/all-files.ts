import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Every file below a folder, relative to it with `/`, in order; links are neither followed nor listed. Empty where there is no folder. */
export function allFiles(root: string): string[] {
  return filesBelow(root)
    .map((path) => relative(root, path).replaceAll(sep, '/'))
    .sort();
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
