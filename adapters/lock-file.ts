import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DiskFullError, WorkspaceError } from '../domain/shared/errors.ts';
import { processLockSchema } from '../schemas/process-lock.ts';
import type { ProcessLock } from '../schemas/process-lock.ts';
import { createFileAtomically, writeFileAtomically } from './atomic-write.ts';
import { identityKey, isAlive, ownIdentity } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** A lock that this process holds. Node offers no lock of the operating system, so holding means: the file names a living process. */
export interface Lock {
  /** Makes another living process the holder, so that the lock lasts as long as that one. */
  handOver(to: ProcessIdentity): void;
  /** Gives the lock back; does nothing when it has been handed over or given back already. */
  release(): void;
}

export type LockAttempt = { readonly taken: true; readonly lock: Lock } | { readonly taken: false; readonly holder: ProcessLock };

/** Takes the lock, or throws a WorkspaceError whose context names the holder. */
export function acquireLock(path: string, options: { version: string }): Lock {
  const attempt = tryLock(path, options);
  if (!attempt.taken) throw heldError(path, attempt.holder);
  return attempt.lock;
}

/** Takes the lock as soon as its holder gives it back or ends; WorkspaceError with the holder when that lasts too long. */
export async function waitForLock(
  path: string,
  options: { version: string; giveUpAfterMs: number; onWaiting?: ((holder: ProcessLock) => void) | undefined },
): Promise<Lock> {
  const deadline = performance.now() + options.giveUpAfterMs;
  for (let announced = false; ; announced = true) {
    const attempt = tryLock(path, options);
    if (attempt.taken) return attempt.lock;
    if (attempt.holder.host !== hostname() || performance.now() > deadline) throw heldError(path, attempt.holder);
    if (!announced) options.onWaiting?.(attempt.holder);
    await sleep(50);
  }
}

/** Takes the lock, or tells who holds it. The folder of the path must exist. */
export function tryLock(path: string, options: { version: string }): LockAttempt {
  const content = lockContent(ownIdentity(), options.version);
  const holder = takeOrFindHolder(path, content);
  return holder === null ? { taken: true, lock: heldLock(path, options.version) } : { taken: false, holder };
}

/** What the lock file says, whether its holder lives or not; null without a file. */
export function readLock(path: string): ProcessLock | null {
  const text = readIfThere(path);
  return text === null ? null : parseLock(path, text);
}

/** True when the holder lives, or is on another host, where this process cannot look. */
export function isHeld(lock: ProcessLock): boolean {
  return lock.host !== hostname() || isAlive({ pid: lock.pid, started: lock.pid_started });
}

function heldLock(path: string, version: string): Lock {
  let isOurs = true;
  return {
    handOver: (to) => {
      writeFileAtomically(path, lockContent(to, version));
      isOurs = false;
    },
    release: () => {
      // Nobody replaces the file of a living holder, so it still is ours.
      if (isOurs) rmSync(path, { force: true });
      isOurs = false;
    },
  };
}

/** null when the lock is now ours, else the process that has it. */
function takeOrFindHolder(path: string, content: string): ProcessLock | null {
  for (;;) {
    if (createWhole(path, content)) return null;
    const found = readIfThere(path);
    if (found === null) continue;
    const holder = parseLock(path, found);
    if (isHeld(holder)) return holder;
    const outcome = replaceDeadHolder(path, found, holder, content);
    if (outcome !== 'look again') return outcome;
  }
}

/**
 * The takeover from a dead holder. Removing its file and creating one's own would be wrong: a second taker that also saw the dead holder
 * could remove the file of the first. So a taker first takes a guard, which is a lock of this same kind named after the dead holder, then
 * looks again, and replaces the file only if it still is the dead holder's. Nobody but the guard's holder touches the file of a dead
 * process, and a dead process never comes back, so that look stays true until the rename. A taker that came late finds another holder and
 * goes away. A taker that died with the guard in hand is a dead holder of the guard, which is taken over in the same way.
 */
function replaceDeadHolder(path: string, found: string, dead: ProcessLock, content: string): ProcessLock | null | 'look again' {
  const guard = `${path}.after-${identityKey({ pid: dead.pid, started: dead.pid_started })}`;
  const otherTaker = takeOrFindHolder(guard, content);
  if (otherTaker !== null) return otherTaker;
  try {
    if (readIfThere(path) !== found) return 'look again';
    writeFileAtomically(path, content);
  } finally {
    rmSync(guard, { force: true });
  }
  removeLeftGuards(path);
  return null;
}

/** Guards of earlier dead holders mean nothing once a living process holds the lock: whoever still has one will look again and go away. */
function removeLeftGuards(path: string): void {
  const prefix = `${basename(path)}.after-`;
  for (const name of readdirSync(dirname(path))) if (name.startsWith(prefix)) rmSync(join(dirname(path), name), { force: true });
}

/** Creates the file with its whole content at once; false when it is there already. */
function createWhole(path: string, content: string): boolean {
  try {
    return createFileAtomically(path, content, 0o600);
  } catch (error) {
    if (error instanceof DiskFullError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new WorkspaceError(
      `creating a lock, on ${path}: expected a writable folder on a file system with hard links, found ${code ?? message}.`,
      'Put the workspace on a local disk that you may write to (--workspace).',
      {},
      error,
    );
  }
}

function lockContent({ pid, started }: ProcessIdentity, version: string): string {
  const lock: ProcessLock = { schema: 'lock/1', pid, pid_started: started, host: hostname(), version };
  return `${JSON.stringify(lock)}\n`;
}

function parseLock(path: string, text: string): ProcessLock {
  try {
    return processLockSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new WorkspaceError(
      `reading a lock, on ${path}: expected a lock/1 document, found something else.`,
      `If no other lauter process uses this workspace, delete ${path}.`,
      {},
      error,
    );
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function heldError(path: string, { pid, host, version }: ProcessLock): WorkspaceError {
  const isHere = host === hostname();
  return new WorkspaceError(
    `taking a lock, on ${path}: expected it free, found it held by process ${pid}${isHere ? '' : ` on host ${host}`}${version === '' ? '' : ` (version ${version})`}.`,
    isHere ? `Wait until process ${pid} ends, or stop it.` : `Stop that process; if its host is gone for good, delete ${path}.`,
    { pid, host, version },
  );
}
