import { spawn } from 'node:child_process';
import { HAS_PROCESS_GROUPS, signalGroup } from '../process-group.ts';
import type { ChangeNotice } from '../../schemas/notice.ts';
import { DELIVERED, undelivered, type ChannelPlace, type Delivery } from './channel.ts';

interface NoticeCommand {
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly timeoutMs: number;
  readonly place: ChannelPlace;
}

/**
 * Runs a program with the notice as JSON on its standard input; delivered when it ends with 0. What it prints is not looked at. Past its time it is killed with all
 * that it started, and nothing that it started outlives it.
 */
export async function runNoticeCommand(
  { command, timeoutMs, place }: NoticeCommand,
  notice: ChangeNotice,
  signal: AbortSignal,
): Promise<Delivery> {
  signal.throwIfAborted();
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: place.base,
    env: { ...place.env },
    detached: HAS_PROCESS_GROUPS,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  let isTimedOut = false;
  const killAll = (): void => signalGroup(child, 'SIGKILL');
  const timer = setTimeout(() => {
    isTimedOut = true;
    killAll();
  }, timeoutMs);
  signal.addEventListener('abort', killAll, { once: true });
  process.once('exit', killAll);
  // Who does not read its input may have all it wants; its exit code says whether.
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${JSON.stringify(notice)}\n`);
  try {
    const problem = await new Promise<string | null>((resolve) => {
      child.once('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => resolve(`the program cannot be started (${code})`));
      child.once('exit', (code, by) => resolve(code === 0 ? null : code === null ? `it was ended by ${by}` : `it ended with code ${code}`));
    });
    signal.throwIfAborted();
    if (isTimedOut) return undelivered(`it did not end within ${timeoutMs / 1000} s`);
    return problem === null ? DELIVERED : undelivered(problem);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', killAll);
    process.off('exit', killAll);
    killAll();
  }
}
