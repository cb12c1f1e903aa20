import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { UsageError } from '../../domain/shared/errors.ts';
import { translateDiskFull } from '../disk-full.ts';
import { makeScratch } from '../scratch.ts';

/** A file of the folder; the path is relative to it, with `/`. */
interface FileToWrite {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Makes `dir` hold exactly these files: all are written beside it first, then the folder is put in its place.
 * Throws UsageError when `dir` holds anything but samples of ours, because its content would be lost.
 */
export function writeSamples(files: readonly FileToWrite[], dir: string): void {
  const folder = resolve(dir);
  refuseForeignFolder(folder);
  mkdirSync(dirname(folder), { recursive: true });
  const scratch = makeScratch(dirname(folder));
  try {
    for (const { path, bytes } of files) writeInside(join(scratch, 'new'), path, bytes);
    if (existsSync(folder)) renameSync(folder, join(scratch, 'old'));
    renameSync(join(scratch, 'new'), folder);
  } catch (error) {
    throw translateDiskFull(error) ?? error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function refuseForeignFolder(folder: string): void {
  if (!existsSync(folder) || isEmptyFolder(folder) || holdsSamples(folder)) return;
  throw new UsageError(
    `writing samples, on ${folder}: expected an empty folder or one with earlier samples, found something else.`,
    'Name another folder; what is in this one would be lost.',
  );
}

function isEmptyFolder(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
}

function holdsSamples(folder: string): boolean {
  return MANIFESTS.some(([name, schema]) => {
    const path = join(folder, name);
    return existsSync(path) && readFileSync(path, 'utf8').slice(0, 200).includes(`"${schema}"`);
  });
}

const MANIFESTS = [
  ['truth.json', 'samples-truth/1'],
  ['planted.json', 'acceptance-planted/1'],
] as const;

function writeInside(root: string, path: string, bytes: Uint8Array): void {
  const target = resolve(root, path);
  if (!target.startsWith(root + sep)) {
    throw new UsageError(
      `writing samples, on ${path}: expected a path inside the folder, found one outside.`,
      'Use relative paths without "..".',
    );
  }
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, bytes, { flag: 'wx' });
}
