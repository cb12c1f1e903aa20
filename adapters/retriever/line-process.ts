import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '../../domain/shared/errors.ts';
import { cut } from '../../domain/shared/text.ts';
import { HAS_PROCESS_GROUPS, signalGroup } from '../process-group.ts';
import { MAX_ANSWER_BYTES } from './engine.ts';
import { splitLines } from './split-lines.ts';

export interface LineProcessOrder {
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** Called once, when nothing more will come, with how it ended in words that follow "found". */
  readonly onEnd: (found: string) => void;
  /** Gets its error output line by line, as far as anybody would read it. */
  readonly tell: (line: string) => void;
}

/** A program that is spoken to line by line. */
export interface LineProcess {
  say(line: string): void;
  /** Ends it and all that it started because it broke the protocol; `found` says how. */
  stop(found: string): void;
  /** Lets it end by itself when its input ends, makes it end when it does not, and waits for that. */
  close(): Promise<void>;
}

/** How much of a line is passed on that an engine says beside its answers. */
export const MAX_TOLD_CHARACTERS = 500;

const GRACE_MS = 2_000;
const MAX_TOLD_LINES = 200;

/**
 * Starts a program in a process group of its own. It is never started anew: what it held in memory would be gone, and it would answer from another state without
 * anybody knowing. Nothing of it outlives this process, unless this process is killed. ConfigError when there is no such program.
 */
export async function startLineProcess(order: LineProcessOrder): Promise<LineProcess> {
  const [program = '', ...args] = order.command;
  const { cwd, env } = order;
  const child = spawn(program, args, { cwd, env, detached: HAS_PROCESS_GROUPS, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] });
  await once(child, 'spawn').catch((error: NodeJS.ErrnoException) => {
    throw noProgram(program, error);
  });
  let found: string | undefined;
  const killAll = (): void => signalGroup(child, 'SIGKILL');
  const stop = (how: string): void => {
    found ??= how;
    killAll();
  };
  process.once('exit', killAll);
  child.on('error', () => undefined);
  // Who does not read any more has ended, or soon will have: that is where it is told.
  child.stdin.on('error', () => undefined);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      found ??= code === null ? `that it was ended by ${signal}` : `that it ended with code ${code}`;
      // What it started may hold its output open.
      killAll();
      process.off('exit', killAll);
      resolve();
    });
  });
  child.once('close', () => order.onEnd(found ?? 'that it ended'));
  readOutput(child, order, stop);
  readErrors(child.stderr, order.tell);
  return {
    say: (line) => void child.stdin.write(`${line}\n`),
    stop,
    close: async () => {
      child.stdin.end();
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        if (await endsWithin(exited)) break;
        signalGroup(child, signal);
      }
      await exited;
    },
  };
}

function readOutput(
  child: ChildProcessByStdio<Writable, Readable, Readable>,
  order: LineProcessOrder,
  stop: (found: string) => void,
): void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const lines = splitLines(MAX_ANSWER_BYTES);
  child.stdout.on('data', (bytes: Uint8Array) => {
    try {
      const taken = lines.take(decoder.decode(bytes, { stream: true }));
      if (taken === undefined) stop(`a line of more than ${MAX_ANSWER_BYTES} characters`);
      else for (const line of taken) order.onLine(line);
    } catch {
      stop('output that is not UTF-8');
    }
  });
}

function readErrors(stream: Readable, tell: (line: string) => void): void {
  const lines = splitLines(MAX_ANSWER_BYTES);
  let left = MAX_TOLD_LINES;
  stream.setEncoding('utf8').on('data', (text: string) => {
    if (left === 0) return;
    for (const line of (lines.take(text) ?? []).slice(0, left)) {
      tell(cut(line, MAX_TOLD_CHARACTERS));
      left -= 1;
    }
    if (left === 0) tell(`(more than ${MAX_TOLD_LINES} lines; the rest is not shown)`);
  });
}

async function endsWithin(exited: Promise<void>): Promise<boolean> {
  const waiting = new AbortController();
  const grace = sleep(GRACE_MS, false, { signal: waiting.signal }).catch(() => false);
  const isOver = await Promise.race([exited.then(() => true), grace]);
  waiting.abort();
  return isOver;
}

function noProgram(program: string, error: NodeJS.ErrnoException): ConfigError {
  return new ConfigError(
    `starting a search engine, on ${JSON.stringify(program)}: expected a program, found none that can be started (${error.code ?? 'unknown'}).`,
    'Name a program of the PATH, or one by its path from the folder of the config file.',
  );
}
