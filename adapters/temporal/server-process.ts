import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../../domain/shared/errors.ts';
import { identifyProcess, isAlive } from '../process-identity.ts';
import type { ProcessIdentity } from '../process-identity.ts';
import type { ServerPlaces } from './server-places.ts';

/** What the embedded server is started with. */
export interface ServerLaunch {
  readonly binary: string;
  readonly database: string;
  readonly port: number;
  /** null starts the server without its pages. */
  readonly uiPort: number | null;
  readonly env: NodeJS.ProcessEnv;
}

/** A server process that exists but has not begun: it waits until it is let go, and ends by itself when this process dies before. */
export interface WaitingServer {
  readonly identity: ProcessIdentity;
  letGo(): void;
  abandon(): void;
}

/**
 * Creates the server's process, detached, with its output appended to the log. A shell waits for a line on its input and then becomes the
 * server (`exec` keeps process id and start time), so the caller can write down whose process it is before the server touches the database.
 * Without that gate, a caller killed in between would leave a server that nobody knows of.
 */
export function spawnServer(places: ServerPlaces, launch: ServerLaunch): WaitingServer {
  const log = openSync(places.log, 'a', 0o600);
  try {
    const child = spawn('/bin/sh', ['-c', 'read -r go && exec "$@"', 'lauter-server', launch.binary, ...serverArguments(launch)], {
      cwd: places.folder,
      detached: true,
      // The server outlives this command, so it gets none of the keys in its environment and none of the user's Temporal settings.
      env: { PATH: launch.env['PATH'], TMPDIR: launch.env['TMPDIR'], TZ: launch.env['TZ'], HOME: places.folder },
      stdio: ['pipe', log, log],
    });
    child.once('error', () => undefined);
    child.stdin?.once('error', () => undefined);
    child.unref();
    const identity = child.pid === undefined ? null : identifyProcess(child.pid);
    if (identity === null) throw cannotSpawn(launch);
    return { identity, letGo: () => void child.stdin?.end('go\n'), abandon: () => void child.stdin?.destroy() };
  } finally {
    closeSync(log);
  }
}

/** Ends a process by SIGTERM, by SIGKILL when that does not help in time; returns when it is gone. */
export async function stopProcess(identity: ProcessIdentity, killAfterMs = 10_000): Promise<void> {
  signalProcess(identity, 'SIGTERM');
  if (await hasEnded(identity, killAfterMs)) return;
  signalProcess(identity, 'SIGKILL');
  if (await hasEnded(identity, 10_000)) return;
  throw new EngineError(
    `stopping the embedded server, on process ${identity.pid}: expected it to end, found it running after SIGKILL.`,
    `Look at process ${identity.pid}; it may hang in the operating system.`,
  );
}

function serverArguments({ database, port, uiPort }: ServerLaunch): string[] {
  const address = ['--ip', '127.0.0.1', '--port', String(port)];
  const pages = uiPort === null ? ['--headless'] : ['--ui-port', String(uiPort)];
  // Twice the throughput at half the processor time of the default, and it passed the same kill tests.
  const journal = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'];
  return ['server', 'start-dev', '--db-filename', database, ...address, ...pages, ...journal, '--log-level', 'warn'];
}

/** Sends a signal to that very process; does nothing when it has ended. */
export function signalProcess(identity: ProcessIdentity, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (isAlive(identity)) process.kill(identity.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function hasEnded(identity: ProcessIdentity, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (isAlive(identity)) {
    if (performance.now() > deadline) return false;
    await sleep(25);
  }
  return true;
}

function cannotSpawn(launch: ServerLaunch): EngineError {
  return new EngineError(
    `starting the embedded server, on ${launch.binary}: expected a new process, found that the system could not create one.`,
    'Check the limits on processes and memory of this machine, or set TEMPORAL_ADDRESS to a running server.',
  );
}
