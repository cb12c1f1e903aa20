import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkspaceError } from '../../domain/shared/errors.ts';
import type { PauseGuardBeat } from '../../schemas/pause-guard.ts';
import { waitForLock } from '../lock-file.ts';
import { isAlive } from '../process-identity.ts';
import { findGuard } from './guard-beat.ts';
import { guardPlaces, type GuardPlaces } from './pause-places.ts';

/** How a guard is started. */
export interface GuardLaunch {
  readonly workspaceDir: string;
  readonly key: string;
  /** Arguments of Node: the guard's program, and options before it. */
  readonly program: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** How long it may take to answer. */
  readonly limitMs?: number | undefined;
}

const USUAL_LIMIT_MS = 14_000;
const LOOK_MS = 50;
/** A program that ends at once does so again. */
const MOST_FAILURES = 3;
/** Exit code of a guard that found another one at work. */
const ANOTHER_IS_THERE = 3;

/** Makes sure that a guard answers that will take a new lease, and starts one where none does. WorkspaceError when none comes up in time. */
export async function startGuard(launch: GuardLaunch): Promise<PauseGuardBeat> {
  const places = guardPlaces(launch.workspaceDir, launch.key);
  mkdirSync(places.folder, { recursive: true, mode: 0o700 });
  const limitMs = launch.limitMs ?? USUAL_LIMIT_MS;
  const lock = await waitForLock(places.startLock, { version: '', giveUpAfterMs: limitMs });
  try {
    return await startAlone(places, launch, limitMs);
  } finally {
    lock.release();
  }
}

async function startAlone(places: GuardPlaces, launch: GuardLaunch, limitMs: number): Promise<PauseGuardBeat> {
  const deadline = performance.now() + limitMs;
  let started: { end(): number | 'running' } | null = null;
  let failures = 0;
  while (performance.now() < deadline) {
    const { state, beat } = findGuard(places);
    if (state === 'answers' && beat.doing !== 'ending') return beat;
    // One that is about to end makes way first. One that hangs guards nothing and holds the lock that its successor needs.
    if (state === 'silent' && performance.now() > deadline - limitMs / 2 && beat?.host === hostname()) killGuard(beat);
    const end = started?.end() ?? 'running';
    if (end !== 'running') started = null;
    if (end !== 'running' && end !== ANOTHER_IS_THERE) failures += 1;
    if (failures === MOST_FAILURES) break;
    if (state === 'gone' && started === null) started = spawnGuard(places, launch);
    await sleep(LOOK_MS);
  }
  throw noGuard(places, launch);
}

/**
 * Starts the process in a session of its own, with its output in a log, so that it outlives this process, its terminal and its parent's end. It gets
 * what it needs to find the server, and nothing else of the environment.
 */
function spawnGuard(places: GuardPlaces, { workspaceDir, program, env }: GuardLaunch): { end(): number | 'running' } {
  keepShort(places.log);
  const log = openSync(places.log, 'a', 0o600);
  try {
    const child = spawn(process.execPath, [...program], {
      cwd: workspaceDir,
      detached: true,
      env: guardEnvironment(env),
      stdio: ['ignore', log, log],
    });
    let end: number | 'running' = 'running';
    child.once('error', () => (end = -1));
    child.once('exit', (code) => (end = code ?? -1));
    child.unref();
    return { end: () => end };
  } finally {
    closeSync(log);
  }
}

/** That very process, and not one that has its id by now. */
function killGuard({ pid, pid_started: started }: PauseGuardBeat): void {
  if (isAlive({ pid, started })) process.kill(pid, 'SIGKILL');
}

function guardEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isWanted = (name: string): boolean =>
    /^(?:PATH|HOME|TMPDIR|TZ|LANG|XDG_CONFIG_HOME|NODE_EXTRA_CA_CERTS|TEMPORAL_\w+|LAUTER_PAUSE_GUARD)$/.test(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => isWanted(name)));
}

const MAX_LOG_BYTES = 1_000_000;

function keepShort(path: string): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) truncateSync(path);
}

function noGuard(places: GuardPlaces, { limitMs = USUAL_LIMIT_MS }: GuardLaunch): WorkspaceError {
  const { state, beat } = findGuard(places);
  const found =
    state === 'gone' ? 'none' : `process ${beat?.pid ?? 0}, ${state === 'silent' ? 'which gives no sign of life' : 'which is ending'}`;
  const remedy = state === 'silent' ? `Stop process ${beat?.pid ?? 0} on ${beat?.host ?? 'its host'}.` : '';
  return new WorkspaceError(
    `starting the guard of a pause: expected one that answers within ${limitMs / 1000} s, found ${found}. Its log ends: ${endOf(places.log)}`,
    `${remedy} Read ${places.log}.`.trim(),
  );
}

function endOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim().split('\n').slice(-3).join(' | ').slice(-500) || 'nothing';
  } catch {
    return 'nothing';
  }
}
