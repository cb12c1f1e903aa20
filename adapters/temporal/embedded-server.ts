import { EngineError } from '../../domain/shared/errors.ts';
import type { ServerState } from '../../schemas/server-state.ts';
import { tryLock, waitForLock } from '../lock-file.ts';
import type { Lock } from '../lock-file.ts';
import { isAlive, ownIdentity } from '../process-identity.ts';
import { answersForNamespace } from './server-health.ts';
import { rotateLog } from './server-log.ts';
import { createServerFolders, serverPlaces } from './server-places.ts';
import type { ServerPlaces } from './server-places.ts';
import { signalProcess, stopProcess } from './server-process.ts';
import { readRunningServer, readServerState, serverProcess, writeServerState } from './server-state.ts';
import { countUsers, registerUser, removeDeadUsers, removeOwnUsers } from './server-users.ts';
import { clearServerLock, startServer } from './start-server.ts';
import type { StartOptions } from './start-server.ts';

/** What a command asks of its workspace's embedded server. */
export interface AcquireOptions extends StartOptions {
  readonly workspaceDir: string;
  /** How long a server that is already up may take to answer. */
  readonly answerLimitMs?: number | undefined;
  /** Told what takes time, in words for people. */
  readonly onProgress?: ((message: string) => void) | undefined;
}

/** A server that stays up at least until it is released or this process ends. */
export interface AcquiredServer {
  readonly address: string;
  readonly uiAddress: string | null;
  /** Takes this use back, and stops the server when it was the last one and nobody asked to keep it. Further calls do nothing. */
  release(): Promise<void>;
}

export interface ServerStatus {
  /** `silent`: the process lives but does not answer. `stopped`: none is up; the other fields, if any, are of the last one. */
  readonly state: 'answering' | 'silent' | 'stopped';
  readonly last: ServerState | null;
  readonly users: number;
}

const DOOR_LIMIT_MS = 90_000;

/**
 * Joins the workspace's server, or starts it when none runs. Joining, starting, leaving and stopping all happen behind one lock, so of two
 * commands that come at once one starts and the other joins, and nobody joins a server that is about to stop.
 */
export async function acquireServer(options: AcquireOptions): Promise<AcquiredServer> {
  const places = serverPlaces(options.workspaceDir);
  createServerFolders(places);
  const door = await closeDoor(places, options.onProgress);
  try {
    rotateLog(places.log);
    return useServer(places, (await joinServer(places, options)) ?? (await startNew(places, options)));
  } finally {
    door.release();
  }
}

/** Joins the workspace's server; null when none runs. */
export async function joinRunningServer(options: AcquireOptions): Promise<AcquiredServer | null> {
  const places = serverPlaces(options.workspaceDir);
  if (readRunningServer(places) === null) return null;
  const door = await closeDoor(places, options.onProgress);
  try {
    const state = await joinServer(places, options);
    return state === null ? null : useServer(places, state);
  } finally {
    door.release();
  }
}

/**
 * For a process that ends now and cannot wait: takes back its uses, and tells the server to stop when nobody else uses it and nobody asked to
 * keep it. Does nothing when another process is at the door: that one looks after the server.
 */
export function abandonServer(workspaceDir: string): void {
  const places = serverPlaces(workspaceDir);
  const state = readRunningServer(places);
  if (state === null) return;
  removeOwnUsers(places);
  const attempt = tryLock(places.doorLock, { version: '' });
  if (!attempt.taken && attempt.holder.pid !== ownIdentity().pid) return;
  if (!state.keep && countUsers(places) === 0) signalProcess(serverProcess(state), 'SIGTERM');
  if (attempt.taken) attempt.lock.release();
}

/** Stops the workspace's server whoever uses it; false when none was running. */
export async function stopServer(workspaceDir: string): Promise<boolean> {
  const places = serverPlaces(workspaceDir);
  if (readRunningServer(places) === null) return false;
  const door = await closeDoor(places);
  try {
    return await stopRunning(places);
  } finally {
    door.release();
  }
}

/** Whether the workspace's server is up, without touching it. */
export async function serverStatus(workspaceDir: string, answerLimitMs = 2_000): Promise<ServerStatus> {
  const places = serverPlaces(workspaceDir);
  const [last, users] = [readServerState(places), countUsers(places)];
  if (last === null || !isAlive(serverProcess(last))) return { state: 'stopped', last, users };
  return { state: (await answers(last, answerLimitMs)) ? 'answering' : 'silent', last, users };
}

async function joinServer(places: ServerPlaces, options: AcquireOptions): Promise<ServerState | null> {
  const state = readRunningServer(places);
  if (state === null) return null;
  if (!(await answers(state, options.answerLimitMs ?? 15_000))) {
    // It may have ended while we asked.
    if (!isAlive(serverProcess(state))) return null;
    throw silentServer(places, state);
  }
  const port = options.configuredPort;
  if (port !== undefined && !state.address.endsWith(`:${port}`)) {
    options.onProgress?.(`the engine's server already runs on ${state.address}; the configured port ${port} counts from its next start`);
  }
  if (!options.keep || state.keep) return state;
  const kept = { ...state, keep: true };
  writeServerState(places, kept);
  return kept;
}

async function startNew(places: ServerPlaces, options: AcquireOptions): Promise<ServerState> {
  options.onProgress?.("starting the engine's server");
  return startServer(places, options);
}

function useServer(places: ServerPlaces, { address, ui_address }: ServerState): AcquiredServer {
  const unregister = registerUser(places);
  let release: Promise<void> | undefined;
  return { address, uiAddress: ui_address, release: () => (release ??= leaveServer(places, unregister)) };
}

async function leaveServer(places: ServerPlaces, unregister: () => void): Promise<void> {
  // Before the lock: if that cannot be had, a server too many is left running, but nobody waits for a user that has gone.
  unregister();
  const door = await closeDoor(places);
  try {
    removeDeadUsers(places);
    if (readRunningServer(places)?.keep === false && countUsers(places) === 0) await stopRunning(places);
  } finally {
    door.release();
  }
}

async function stopRunning(places: ServerPlaces): Promise<boolean> {
  const state = readRunningServer(places);
  if (state === null) return false;
  await stopProcess(serverProcess(state));
  clearServerLock(places);
  return true;
}

function closeDoor(places: ServerPlaces, onProgress?: (message: string) => void): Promise<Lock> {
  return waitForLock(places.doorLock, {
    version: '',
    giveUpAfterMs: DOOR_LIMIT_MS,
    onWaiting: ({ pid }) => onProgress?.(`waiting for process ${pid}, which is starting or stopping the engine's server`),
  });
}

function answers(state: ServerState, giveUpAfterMs: number): Promise<boolean> {
  return answersForNamespace(state.address, { giveUpAfterMs, isServerAlive: () => isAlive(serverProcess(state)) });
}

function silentServer(places: ServerPlaces, { pid, address }: ServerState): EngineError {
  return new EngineError(
    `joining the embedded server, on ${address}: expected an answer, found none although its process ${pid} lives.`,
    `If the machine is busy, run the same command again; else stop the server with \`kill ${pid}\` and run it then. Its log: ${places.log}.`,
    { pid, address },
  );
}
