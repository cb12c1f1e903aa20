import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { translateDiskFull } from './disk-full.ts';
import { temporaryName } from './scratch.ts';

/**
 * Writes a small file so that a reader sees the old content or the new, never a part: a temporary name beside it, fsync, rename, fsync of the folder.
 * Throws DiskFullError when there is no room; the old file is then untouched.
 */
export function writeFileAtomically(path: string, content: string | Uint8Array, mode = 0o666): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = join(dirname(path), temporaryName());
  try {
    const file = openSync(temporary, 'wx', mode);
    try {
      writeWhole(file, typeof content === 'string' ? Buffer.from(content) : content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw translateDiskFull(error, path) ?? error;
  }
  syncFolder(dirname(path));
}

/** Creates a small file with its whole content at once. False when there is one already, which stays as it is. The folder must exist. */
export function createFileAtomically(path: string, content: string, mode = 0o666): boolean {
  const temporary = join(dirname(path), temporaryName());
  try {
    const file = openSync(temporary, 'wx', mode);
    try {
      writeWhole(file, Buffer.from(content));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // Unlike a rename, a link never takes the place of another file.
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw translateDiskFull(error, path) ?? error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** The value as indented JSON with a final line feed, written atomically. */
export function writeJsonAtomically(path: string, value: unknown, mode = 0o666): void {
  writeFileAtomically(path, `${JSON.stringify(value, null, 2)}\n`, mode);
}

/** Writes every byte: a single call may write less when the disk fills up or a size limit is reached. */
export function writeWhole(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

/** Makes renames inside a folder survive a power cut. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** fsync of a file that another program wrote. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
