import { closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder, writeWhole } from './atomic-write.ts';
import { translateDiskFull } from './disk-full.ts';

/**
 * Appends a line to a file and makes it last, folder and file made where there are none. What a dead process left half-written at the end stays a line of its own,
 * so that the new one is whole. DiskFullError without room; any other error is that of the file system.
 */
export function appendLine(path: string, line: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const isNew = !existsSync(path);
  try {
    const file = openSync(path, 'a+');
    try {
      writeWhole(file, Buffer.from(`${isTorn(file) ? '\n' : ''}${line}\n`));
      if (fstatSync(file).isFile()) fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw translateDiskFull(error, path) ?? error;
  }
  if (isNew) syncFolder(dirname(path));
}

const LINE_FEED = 0x0a;

/** True when the last line of a file has no end. A pipe or a terminal has no last line. */
function isTorn(file: number): boolean {
  const stat = fstatSync(file);
  if (!stat.isFile() || stat.size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, stat.size - 1);
  return last[0] !== LINE_FEED;
}
