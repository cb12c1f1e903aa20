import { closeSync, fdatasyncSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { SynopsisCache } from '../../activities/search-ports.ts';
import { writeWhole } from '../atomic-write.ts';
import { sha256Of } from '../digest.ts';
import { translateDiskFull } from '../disk-full.ts';
import { waitForLock } from '../lock-file.ts';
import { cutUnfinished } from './append-captured.ts';
import { PRIVATE } from './capture-places.ts';
import { linesForwards } from './whole-lines.ts';

const LOCK_WAIT_MS = 60_000;

/** File of the synopses that were made by one model and one set of rules. */
export function synopsesFile(workspace: string, id: string, rules: string): string {
  return join(workspace, 'lake', 'synopses', sha256Of(id, rules).slice(0, 32), 'synopses.tsv');
}

/**
 * The synopses of a workspace by one model and one set of rules: a file of lines that only grows, each with a checksum. What a crash leaves half-written
 * counts as never written, and goes before the next line comes. Several processes may use it at once: a lock is held while one appends, nobody waits to
 * read. `put` rejects with a WorkspaceError when another process does not let go of the lock, with a DiskFullError without room.
 */
export function openSynopsisCache(workspace: string, id: string, rules: string): SynopsisCache {
  const path = synopsesFile(workspace, id, rules);
  const folder = join(path, '..');
  const kept = new Map<string, string | null>();
  for (const { line } of linesForwards(path)) {
    const read = readLine(line.toString());
    if (read !== undefined) kept.set(read.key, read.synopsis);
  }
  let last: Promise<void> = Promise.resolve();

  async function append(key: string, synopsis: string | null): Promise<void> {
    mkdirSync(folder, { recursive: true, mode: PRIVATE.folder });
    const lock = await waitForLock(join(folder, 'append.lock'), { version: '', giveUpAfterMs: LOCK_WAIT_MS });
    try {
      cutUnfinished(path);
      const file = openSync(path, 'a', PRIVATE.file);
      try {
        writeWhole(file, Buffer.from(writeLine(key, synopsis)));
        fdatasyncSync(file);
      } finally {
        closeSync(file);
      }
      kept.set(key, synopsis);
    } catch (error) {
      throw translateDiskFull(error, folder) ?? error;
    } finally {
      lock.release();
    }
  }

  return {
    get: (key) => kept.get(key),
    put(key, synopsis) {
      // One after the other: the lock is that of the whole process.
      const put = last.then(() => append(key, synopsis));
      last = put.catch(() => undefined);
      return put;
    },
  };
}

/** Checksum, key and synopsis with tabs between them; JSON has neither tabs nor line feeds of its own in one line. */
function writeLine(key: string, synopsis: string | null): string {
  const said = `${key}\t${JSON.stringify(synopsis)}`;
  return `${checksum(said)}\t${said}\n`;
}

function readLine(line: string): { readonly key: string; readonly synopsis: string | null } | undefined {
  const [sum = '', key = '', text] = line.split('\t');
  if (text === undefined || checksum(`${key}\t${text}`) !== sum) return undefined;
  return { key, synopsis: JSON.parse(text) as string | null };
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
