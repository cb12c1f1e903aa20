import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { inferenceSlotSchema, type InferenceSlot } from '../../schemas/inference-slot.ts';
import { writeJsonAtomically } from '../atomic-write.ts';
import { now, nowMs } from '../clock.ts';
import { sha256 } from '../digest.ts';
import { waitForLock } from '../lock-file.ts';

/** A holder that has shown no sign of life for so long is gone. Longer than production may take to come to rest, while nobody calls a model. */
export const SLOT_TTL_MS = 360_000;

export type SlotAttempt = { readonly taken: true; readonly token: number } | { readonly taken: false; readonly holder: InferenceSlot };

/**
 * The one place at an inference server. Its token only ever grows: whoever took the slot again, after a crash or from a holder that is gone, makes
 * every older token stale, and a call of an older one neither begins nor counts.
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
}

/** The slot of an inference server in a workspace. */
export function openSlot(workspace: string, url: string): Slot {
  const path = join(workspace, 'locks', `slot-${sha256(url).slice(0, 12)}.json`);

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
  };
}

/** The slots of a workspace that somebody has. */
export function heldSlots(workspace: string): InferenceSlot[] {
  const folder = join(workspace, 'locks');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^slot-[0-9a-f]{12}\.json$/.test(name)) : [];
  return names.flatMap((name) => readSlot(join(folder, name)) ?? []).filter(isHeld);
}

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
