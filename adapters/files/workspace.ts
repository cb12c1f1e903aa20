import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { WorkspaceError } from '../../domain/shared/errors.ts';
import { workspaceSchema, type Workspace } from '../../schemas/workspace.ts';
import { createFileAtomically } from '../atomic-write.ts';
import { now } from '../clock.ts';
import { acquireLock, isHeld, readLock } from '../lock-file.ts';
import { identityKey, ownIdentity } from '../process-identity.ts';
import { sweepTemporaries } from '../scratch.ts';

export interface OpenWorkspace {
  readonly root: string;
  readonly id: string;
  /** Temporary files of processes that were gone, removed while opening. */
  readonly swept: readonly string[];
  close(): void;
}

/** Version of the layout of a workspace; another one is refused. */
export const WORKSPACE_FORMAT = 1;

/**
 * Joins the workspace in a folder, or makes one there. Processes of one version on one host share it; another version, or a live process of
 * another host, is refused with WorkspaceError. What dead processes left half-written is removed.
 */
export function openWorkspace(root: string, version: string): OpenWorkspace {
  const workspace = readOrMake(root, version);
  const locks = join(root, 'locks', 'users');
  refuseStrangers(locks, version);
  const lock = acquireLock(join(locks, `${identityKey(ownIdentity())}.lock`), { version });
  const below = ['lake', 'exports', 'reports', 'ledger', 'locks', 'temporal'].flatMap((name) => sweepTemporaries(join(root, name)));
  const swept = [...sweepTemporaries(root, 'top'), ...below];
  return { root, id: workspace.id, swept, close: () => lock.release() };
}

/** The workspace's id file, or undefined when the folder is none. */
export function readWorkspace(root: string): Workspace | undefined {
  const path = join(root, 'workspace.json');
  if (!existsSync(path)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    value = undefined;
  }
  const format = (value as { format?: unknown } | undefined)?.format;
  if (typeof format === 'number' && format !== WORKSPACE_FORMAT) {
    throw new WorkspaceError(
      `opening the workspace ${root}: expected layout ${WORKSPACE_FORMAT}, found ${format}.`,
      `Use the version of lauter that made it, or another folder with --workspace.`,
    );
  }
  const parsed = workspaceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new WorkspaceError(
    `opening the workspace ${root}: expected a workspace.json of ours, found something else.`,
    'Name another folder with --workspace.',
  );
}

function readOrMake(root: string, version: string): Workspace {
  // Looked at before anything is made: a folder that is refused stays as it is.
  readWorkspace(root);
  try {
    // Asked before anything is made, because a read-only disk answers that with a misleading code.
    if (existsSync(root)) accessSync(root, constants.W_OK);
    mkdirSync(join(root, 'locks', 'users'), { recursive: true });
  } catch (error) {
    throw new WorkspaceError(
      `opening the workspace ${root}: expected a folder that can be written to, found ${(error as NodeJS.ErrnoException).code ?? 'an error'}.`,
      'Make it writable, or name another folder with --workspace or LAUTER_WORKSPACE.',
      {},
      error,
    );
  }
  const known = readWorkspace(root);
  if (known !== undefined) return known;
  const made: Workspace = { schema: 'workspace/1', format: WORKSPACE_FORMAT, id: randomUUID().slice(0, 8), version, created_at: now() };
  // Two processes may make it at once: the file that came first counts.
  createFileAtomically(join(root, 'workspace.json'), `${JSON.stringify(made, null, 2)}\n`);
  return readWorkspace(root) ?? made;
}

function refuseStrangers(locks: string, version: string): void {
  for (const name of readdirSync(locks)) {
    const holder = name.endsWith('.lock') ? readLock(join(locks, name)) : null;
    if (holder === null) continue;
    if (!isHeld(holder)) {
      // Named after a process that never comes back, so nobody else touches it.
      rmSync(join(locks, name), { force: true });
      continue;
    }
    if (holder.host === hostname() && holder.version === version) continue;
    throw new WorkspaceError(
      `opening the workspace: expected only processes of lauter ${version} on ${hostname()}, found one of ${holder.version} on ${holder.host} (process ${holder.pid}).`,
      `Stop that process, or remove ${join(locks, name)} when you know that it is gone.`,
    );
  }
}
