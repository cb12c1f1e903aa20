import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFile, syncFolder } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';
import { makeScratch } from '../scratch.ts';

/**
 * Puts a new folder in the place of an old one, or where there was none. `make` fills it while it lies beside its place; when it throws, or the
 * process dies, the old one is as it was. Whoever calls this holds the lock of the place.
 */
export async function replaceFolder<Result>(place: string, make: (folder: string) => Promise<Result>): Promise<Result> {
  mkdirSync(dirname(place), { recursive: true });
  recoverFolder(place);
  const folder = makeScratch(dirname(place));
  try {
    const result = await make(folder);
    for (const name of readdirSync(folder)) syncFile(join(folder, name));
    syncFolder(folder);
    swap(folder, place);
    return result;
  } catch (error) {
    throw translateDiskFull(error, place) ?? error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ends a swap that was cut off: a folder that had been moved aside comes back where nothing has taken its place, and goes where something has. */
export function recoverFolder(place: string): void {
  const aside = asideOf(place);
  if (!existsSync(aside)) return;
  if (existsSync(place)) rmSync(aside, { recursive: true, force: true });
  else renameSync(aside, place);
}

/** A folder that is not empty cannot be renamed over, so the old one steps aside first. */
function swap(folder: string, place: string): void {
  const aside = asideOf(place);
  const isReplaced = existsSync(place);
  if (isReplaced) renameSync(place, aside);
  try {
    renameSync(folder, place);
  } catch (error) {
    if (isReplaced) renameSync(aside, place);
    throw error;
  }
  syncFolder(dirname(place));
  rmSync(aside, { recursive: true, force: true });
}

/** Not a temporary name: those of dead processes are swept, and this may be all that is left of a corpus. */
function asideOf(place: string): string {
  return join(dirname(place), `.${basename(place)}.before`);
}
