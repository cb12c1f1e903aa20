import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { slotGuestSchema, type SlotGuest } from '../../schemas/slot-guest.ts';
import { writeJsonAtomically } from '../atomic-write.ts';
import { now, nowMs } from '../clock.ts';
import { isAlive, ownIdentity } from '../process-identity.ts';
import { recordUrl } from '../record-url.ts';

/** A call to be let in, and how long it may last. */
export interface GuestCall {
  readonly url: string;
  readonly owner: string;
  readonly mostMs: number;
}

/** Puts down that a call is going on; the function that is returned takes it away. Only for whoever has the lock of the slot. */
export function addGuest(folder: string, { url, owner, mostMs }: GuestCall): () => void {
  const { pid, started } = ownIdentity();
  const path = join(folder, `${pid}-${randomBytes(6).toString('hex')}.json`);
  const until = new Date(nowMs() + mostMs).toISOString();
  const guest = { url: recordUrl(url), owner, pid, pid_started: started, host: hostname(), since: now(), until };
  writeJsonAtomically(path, { schema: 'slot-guest/1', ...guest } satisfies SlotGuest, 0o600);
  return () => rmSync(path, { force: true });
}

/** Calls that may be going on. What processes that are gone left behind is removed. LakeCorruptError for a file that is none of ours. */
export function listGuests(folder: string): SlotGuest[] {
  if (!existsSync(folder)) return [];
  const paths = readdirSync(folder).filter((name) => /^\d+-[0-9a-f]{12}\.json$/.test(name));
  return paths.flatMap((name) => readGuest(join(folder, name)) ?? []);
}

/** Undefined for a call that has ended. */
function readGuest(path: string): SlotGuest | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const guest = parseGuest(path, text);
  if (mayGoOn(guest)) return guest;
  rmSync(path, { force: true });
  return undefined;
}

function mayGoOn({ pid, pid_started: started, host, until }: SlotGuest): boolean {
  return nowMs() < Date.parse(until) && (host !== hostname() || isAlive({ pid, started }));
}

function parseGuest(path: string, text: string): SlotGuest {
  try {
    return slotGuestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new LakeCorruptError(
      `reading who calls an inference server, on ${path}: expected a slot-guest/1 document, found something else.`,
      `When no replay is at work, delete ${path}.`,
      {},
      error,
    );
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
