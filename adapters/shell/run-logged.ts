import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { HAS_PROCESS_GROUPS, signalGroup } from '../process-group.ts';

export interface LoggedCommand {
  /** Words of a shell. */
  readonly command: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** File that gets what the command prints, in both streams, as it comes; what stood in it before is gone. */
  readonly logPath: string;
  readonly timeoutMs: number;
  /** Ends the command and all that it started: asked first, made to {@link GRACE_MS} later. */
  readonly stop: AbortSignal;
}

/** How it ended; the code is null when a signal ended it. */
export interface LoggedEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly isTimedOut: boolean;
}

const GRACE_MS = 5_000;

/** Runs a command to its end. Nothing of it outlives this process, unless this process is killed. */
export async function runLogged({ command, cwd, env, logPath, timeoutMs, stop }: LoggedCommand): Promise<LoggedEnd> {
  mkdirSync(dirname(logPath), { recursive: true });
  const log = openSync(logPath, 'w');
  let child: ChildProcess;
  try {
    child = spawn(command, { cwd, env, shell: true, detached: HAS_PROCESS_GROUPS, windowsHide: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
  let isTimedOut = false;
  let grace: NodeJS.Timeout | undefined;
  const end = (): void => {
    signalGroup(child, 'SIGTERM');
    grace ??= setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
  };
  const endForGood = (): void => signalGroup(child, 'SIGKILL');
  const timer = setTimeout(() => {
    isTimedOut = true;
    end();
  }, timeoutMs);
  stop.addEventListener('abort', end, { once: true });
  if (stop.aborted) end();
  process.once('exit', endForGood);
  try {
    const [code, signal] = await endOf(child);
    // What it started may still be there although it has ended itself.
    if (isTimedOut || stop.aborted) endForGood();
    return { code: isTimedOut ? null : code, signal, isTimedOut };
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
    stop.removeEventListener('abort', end);
    process.off('exit', endForGood);
  }
}

function endOf(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve([code, signal]));
  });
}
