import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { acquireLock, readLock, tryLock, waitForLock } from '../../adapters/lock-file.ts';
import { identityKey, ownIdentity } from '../../adapters/process-identity.ts';
import { WorkspaceError } from '../../domain/shared/errors.ts';
import { startProgram } from '../support/child-program.ts';
import type { ChildProgram } from '../support/child-program.ts';

// Processes are started here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let path: string;
const programs: ChildProgram[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lauter-lock-'));
  path = join(folder, 'brewery.lock');
});
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.kill()));
  rmSync(folder, { recursive: true, force: true });
});

async function startRacer(): Promise<ChildProgram> {
  const racer = startProgram(new URL('lock-racer.ts', import.meta.url), [path]);
  programs.push(racer);
  expect(await racer.hear()).toBe('ready');
  return racer;
}

/** A lock as a process leaves it that has died: our own id, but an earlier start. */
function writeDeadLock(at = path, started = 'a-boot-long-ago.1'): void {
  const lock = { schema: 'lock/1', pid: process.pid, pid_started: started, host: hostname(), version: 'old' };
  writeFileSync(at, JSON.stringify(lock));
}

test('a free lock is taken, names its holder, and leaves nothing behind when given back', () => {
  const lock = acquireLock(path, { version: '1.0.0' });
  expect(readLock(path)).toEqual({
    schema: 'lock/1',
    pid: process.pid,
    pid_started: ownIdentity().started,
    host: hostname(),
    version: '1.0.0',
  });
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('a second taker is told who holds the lock', () => {
  const lock = acquireLock(path, { version: '1.0.0' });
  expect(() => acquireLock(path, { version: '2.0.0' })).toThrow(WorkspaceError);
  expect(() => acquireLock(path, { version: '2.0.0' })).toThrow(`held by process ${process.pid} (version 1.0.0)`);
  lock.release();
  acquireLock(path, { version: '2.0.0' }).release();
});

test('giving back twice does not take the lock from the next holder', () => {
  const first = acquireLock(path, { version: '1' });
  first.release();
  const second = acquireLock(path, { version: '1' });
  first.release();
  expect(tryLock(path, { version: '1' }).taken).toBe(false);
  second.release();
});

test('a lock whose process id now belongs to another process is taken over', () => {
  writeDeadLock();
  acquireLock(path, { version: '2' });
  expect(readLock(path)?.version).toBe('2');
  expect(readdirSync(folder)).toEqual(['brewery.lock']);
});

test('a taker that died in the middle of a takeover does not block the next one', () => {
  writeDeadLock();
  const guard = `${path}.after-${identityKey({ pid: process.pid, started: 'a-boot-long-ago.1' })}`;
  writeDeadLock(guard, 'a-boot-long-ago.2');
  expect(tryLock(path, { version: '2' }).taken).toBe(true);
  expect(readdirSync(folder)).toEqual(['brewery.lock']);
});

test('a taker that finds a living process in the middle of a takeover leaves it alone', async () => {
  const racer = await startRacer();
  writeDeadLock();
  const guard = `${path}.after-${identityKey({ pid: process.pid, started: 'a-boot-long-ago.1' })}`;
  const other = acquireLock(guard, { version: '1' });
  racer.say('go');
  expect(await racer.hear()).toBe(`held by ${process.pid}`);
  expect(readLock(path)?.version).toBe('old');
  other.release();
});

test('a lock of another host is never taken over', () => {
  writeFileSync(path, JSON.stringify({ schema: 'lock/1', pid: 1, pid_started: 'x', host: 'another-host', version: '1' }));
  expect(() => acquireLock(path, { version: '1' })).toThrow(/on host another-host.*/);
});

test('something that is no lock is reported, not replaced', () => {
  writeFileSync(path, 'a note that somebody left here');
  expect(() => acquireLock(path, { version: '1' })).toThrow('expected a lock/1 document');
  expect(readFileSync(path, 'utf8')).toBe('a note that somebody left here');
});

test('of several processes that race for a dead lock exactly one gets it, each time', async () => {
  const racers = await Promise.all([startRacer(), startRacer(), startRacer()]);
  for (let round = 0; round < 20; round += 1) {
    rmSync(path, { force: true });
    writeDeadLock(path, `a-boot-long-ago.${round}`);
    for (const racer of racers) racer.say('go');
    const answers = await Promise.all(racers.map((racer) => racer.hear()));
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['brewery.lock']);
  }
});

test('a killed holder frees the lock for whoever waits', async () => {
  const racer = await startRacer();
  racer.say('go');
  expect(await racer.hear()).toBe('taken');
  const waitedFor: number[] = [];
  const waiting = waitForLock(path, { version: '1', giveUpAfterMs: 20_000, onWaiting: (holder) => void waitedFor.push(holder.pid) });
  await racer.kill();
  (await waiting).release();
  expect(waitedFor).toEqual([racer.pid]);
});

test('waiting ends with the holder named when the time is up', async () => {
  const lock = acquireLock(path, { version: '1' });
  await expect(waitForLock(path, { version: '1', giveUpAfterMs: 0 })).rejects.toThrow(`held by process ${process.pid}`);
  lock.release();
});

test('a lock that is handed over lasts as long as its new holder', async () => {
  const heir = await startRacer();
  const { identifyProcess } = await import('../../adapters/process-identity.ts');
  const lock = acquireLock(path, { version: '1' });
  lock.handOver(identifyProcess(heir.pid)!);
  lock.release();
  expect(readLock(path)?.pid).toBe(heir.pid);
  expect(tryLock(path, { version: '1' }).taken).toBe(false);
  await heir.kill();
  expect(tryLock(path, { version: '1' }).taken).toBe(true);
});
