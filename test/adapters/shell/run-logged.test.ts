import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runLogged, type LoggedEnd } from '../../../adapters/shell/run-logged.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function run(root: string, command: string, more: { timeoutMs?: number; stop?: AbortSignal } = {}): Promise<LoggedEnd> {
  const stop = more.stop ?? new AbortController().signal;
  return runLogged({
    command,
    cwd: root,
    env: { PATH: process.env.PATH },
    logPath: join(root, 'logs', 'tests.log'),
    timeoutMs: more.timeoutMs ?? 60_000,
    stop,
  });
}

const logOf = (root: string): string => readFileSync(join(root, 'logs', 'tests.log'), 'utf8');

test('a command that ends: its code, and both of its streams in the log', async () => {
  const root = temporaryFolder();
  expect(await run(root, 'echo low tide; echo high tide >&2; pwd')).toEqual({ code: 0, signal: null, isTimedOut: false });
  expect(logOf(root).split('\n').slice(0, 2)).toEqual(['low tide', 'high tide']);
  expect(await run(root, 'exit 3')).toMatchObject({ code: 3 });
  expect(logOf(root)).toBe('');
});

test('a command that is not there is the business of the shell', async () => {
  expect(await run(temporaryFolder(), 'no-such-program-of-the-harbor')).toMatchObject({ code: 127 });
});

test('a command that ends itself by a signal', async () => {
  expect(await run(temporaryFolder(), 'kill -9 $$')).toMatchObject({ code: null, signal: 'SIGKILL' });
});

test('one that lasts too long is ended with all that it started', async () => {
  const root = temporaryFolder();
  expect(await run(root, 'sleep 600 & echo $!; wait', { timeoutMs: 2_000 })).toMatchObject({ code: null, isTimedOut: true });
  expect(isThere(Number(logOf(root)))).toBe(false);
});

test('one that is stopped, too, also when that was before it began', async () => {
  const root = temporaryFolder();
  const stop = new AbortController();
  const ending = run(root, 'echo $$; touch begun; sleep 600', { stop: stop.signal });
  await appears(root, 'begun');
  stop.abort();
  expect(await ending).toMatchObject({ signal: 'SIGTERM', isTimedOut: false });
  expect(isThere(Number(logOf(root)))).toBe(false);
  expect(await run(root, 'sleep 600', { stop: stop.signal })).toMatchObject({ signal: 'SIGTERM' });
});

function isThere(pid: number): boolean {
  expect(pid).toBeGreaterThan(1);
  try {
    // A process that has ended and was not yet waited for still has its number.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') === false;
  } catch {
    return false;
  }
}

function appears(folder: string, name: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, () => {
      if (!existsSync(join(folder, name))) return;
      watcher.close();
      resolve();
    });
    if (existsSync(join(folder, name))) {
      watcher.close();
      resolve();
    }
  });
}
