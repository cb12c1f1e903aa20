import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { inferenceSlotSchema, type InferenceSlot } from '../../schemas/inference-slot.ts';
import type { SlotGuest } from '../../schemas/slot-guest.ts';
import { writeJsonAtomically } from '../atomic-write.ts';
import { now, nowMs } from '../clock.ts';
import { sha256 } from '../digest.ts';
import { waitForLock } from '../lock-file.ts';
import { serverKey } from '../server-key.ts';
import { addGuest, listGuests, type GuestCall } from './slot-guests.ts';

/** A holder that has shown no sign of life for so long is gone. Longer than production may take to come to rest, while nobody calls a model. */
export const SLOT_TTL_MS = 360_000;

export type SlotAttempt = { readonly taken: true; readonly token: number } | { readonly taken: false; readonly holder: InferenceSlot };

export type EntryAttempt = { readonly isIn: true; readonly leave: () => void } | { readonly isIn: false; readonly holder: InferenceSlot };

/**
 * The one place at an inference server. Its token only ever grows: whoever took the slot again, after a crash or from a holder that is gone, makes
 * every older token stale, and a call of an older one neither begins nor counts. While nobody has it, any number of guests may call the server; whoever
 * takes it lets no further guest in, and is alone once those that were there have left.
 */
export interface Slot {
  /** Takes the slot for a piece of work; the same owner may take it again. */
  take(owner: string): Promise<SlotAttempt>;
  /** Shows a sign of life. False when the token is stale. */
  renew(token: number): Promise<boolean>;
  /** True while nobody took the slot after this token was given out. */
  isCurrent(token: number): boolean;
  /** Gives the slot back; does nothing for anybody but its holder. */
  free(owner: string): Promise<void>;
  /** Who has it; undefined while it is free. */
  holder(): InferenceSlot | undefined;
  /** Lets a call in beside others while nobody has the slot. It has to end within its time, and to leave. */
  enter(call: Omit<GuestCall, 'url'>): Promise<EntryAttempt>;
  /** Calls that were let in and may still be going on; those of processes that are gone are not. */
  guests(): SlotGuest[];
}

/** The slot of an inference server in a workspace, however its address is written. */
export function openSlot(workspace: string, url: string): Slot {
  const path = join(workspace, 'locks', `slot-${sha256(serverKey(url)).slice(0, 12)}.json`);
  const guestsFolder = path.replace(/\.json$/, GUESTS);

  async function change<Result>(work: (slot: InferenceSlot | undefined) => Result): Promise<Result> {
    mkdirSync(dirname(path), { recursive: true });
    const lock = await waitForLock(`${path}.lock`, { version: '', giveUpAfterMs: LOCK_WAIT_MS });
    try {
      return work(readSlot(path));
    } finally {
      lock.release();
    }
  }

  return {
    take: (owner) =>
      change((slot): SlotAttempt => {
        if (slot !== undefined && slot.owner !== owner && isHeld(slot)) return { taken: false, holder: slot };
        const token = (slot?.token ?? 0) + 1;
        write(path, { schema: 'inference-slot/1', url, token, owner, taken_at: now(), renewed_at: now() });
        return { taken: true, token };
      }),
    renew: (token) =>
      change((slot) => {
        if (slot?.token !== token || slot.owner === null) return false;
        write(path, { ...slot, renewed_at: now() });
        return true;
      }),
    isCurrent: (token) => {
      const slot = readSlot(path);
      return slot?.token === token && slot.owner !== null;
    },
    free: (owner) =>
      change((slot) => {
        if (slot?.owner === owner) write(path, { ...slot, owner: null });
      }),
    holder: () => {
      const slot = readSlot(path);
      return slot !== undefined && isHeld(slot) ? slot : undefined;
    },
    enter: (call) =>
      change((slot): EntryAttempt => {
        if (slot !== undefined && isHeld(slot)) return { isIn: false, holder: slot };
        return { isIn: true, leave: addGuest(guestsFolder, { ...call, url }) };
      }),
    guests: () => listGuests(guestsFolder),
  };
}

/** The slots of a workspace that somebody has. */
export function heldSlots(workspace: string): InferenceSlot[] {
  return inLocks(workspace, /^slot-[0-9a-f]{12}\.json$/)
    .flatMap((path) => readSlot(path) ?? [])
    .filter(isHeld);
}

/** The guests of every slot of a workspace. */
export function slotGuests(workspace: string): SlotGuest[] {
  return inLocks(workspace, /^slot-[0-9a-f]{12}-guests$/).flatMap(listGuests);
}

function inLocks(workspace: string, names: RegExp): string[] {
  const folder = join(workspace, 'locks');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => (names.test(name) ? [join(folder, name)] : []));
}

const GUESTS = '-guests';

const LOCK_WAIT_MS = 30_000;

function isHeld({ owner, renewed_at }: InferenceSlot): boolean {
  return owner !== null && nowMs() - Date.parse(renewed_at) < SLOT_TTL_MS;
}

function write(path: string, slot: InferenceSlot): void {
  writeJsonAtomically(path, slot, 0o600);
}

function readSlot(path: string): InferenceSlot | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return inferenceSlotSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new LakeCorruptError(
      `reading the slot of an inference server, on ${path}: expected an inference-slot/1 document, found something else.`,
      `When no bench is at work, delete ${path}.`,
      {},
      error,
    );
  }
}
