import { setTimeout as sleep } from 'node:timers/promises';
import { openSlot, type EntryAttempt } from '../../adapters/bench/slot.ts';
import type { InferenceSlot } from '../../schemas/inference-slot.ts';

/** A call of a run to a server, and how long it may take. */
export interface ServerCall {
  readonly url: string;
  readonly owner: string;
  readonly mostMs: number;
}

/** How somebody waits for a bench to end. */
export interface Waiting {
  readonly signal: AbortSignal;
  /** Called once, when there is something to wait for. */
  readonly onWaiting: (holder: InferenceSlot) => void;
}

/** A bench has the server. That passes by itself: by its code the engine knows that it is worth another attempt, however many there were. */
export class ServerTaken extends Error {
  readonly code = 'EBUSY';

  constructor(url: string, { owner }: Pick<InferenceSlot, 'owner'>) {
    super(`waiting for ${owner ?? 'a bench'}, which has ${url}`);
  }
}

/** Lets a call in beside others to a server that no bench has; what is returned is called when it has ended. ServerTaken otherwise. */
export async function enterServer(workspace: string, call: ServerCall): Promise<() => void> {
  const entry = await tryToEnter(workspace, call);
  if (entry.isIn) return entry.leave;
  throw new ServerTaken(call.url, entry.holder);
}

/** The same as soon as no bench has the server. Rejects when the signal aborts before. */
export async function enterServerInTime(workspace: string, call: ServerCall, waiting: Waiting): Promise<() => void> {
  for (;;) {
    await untilServerIsFree(workspace, call.url, waiting);
    const entry = await tryToEnter(workspace, call);
    if (entry.isIn) return entry.leave;
  }
}

/** Waits until no bench has the server. Rejects when the signal aborts before. */
export async function untilServerIsFree(workspace: string, url: string, { signal, onWaiting }: Waiting): Promise<void> {
  const first = holderOf(workspace, url);
  if (first !== undefined) onWaiting(first);
  for (let holder = first; holder !== undefined; holder = holderOf(workspace, url)) await sleep(LOOK_MS, undefined, { signal });
}

/** ServerTaken while a bench has the server. */
export function requireFreeServer(workspace: string, url: string): void {
  const holder = holderOf(workspace, url);
  if (holder !== undefined) throw new ServerTaken(url, holder);
}

const LOOK_MS = 500;

/** Money is set aside before a call, and its last bytes are read after it. */
const GRACE_MS = 60_000;

function tryToEnter(workspace: string, { url, owner, mostMs }: ServerCall): Promise<EntryAttempt> {
  return openSlot(workspace, url).enter({ owner, mostMs: mostMs + GRACE_MS });
}

function holderOf(workspace: string, url: string): InferenceSlot | undefined {
  return openSlot(workspace, url).holder();
}
