import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { identifyProcess, identityKey, isAlive, ownIdentity } from '../../adapters/process-identity.ts';

test('this process is alive and is the same at every look', () => {
  expect(ownIdentity().pid).toBe(process.pid);
  expect(identifyProcess(process.pid)).toEqual(ownIdentity());
  expect(isAlive(ownIdentity())).toBe(true);
});

test('a process id that another process has taken over is not mistaken for the first one', () => {
  const earlier = { pid: process.pid, started: 'a-boot-long-ago.1' };
  expect(isAlive(earlier)).toBe(false);
});

test('a process that has ended is not alive, before and after its remains are collected', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const identity = identifyProcess(child.pid ?? 0);
  expect(identity).not.toBeNull();
  expect(isAlive(identity!)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isAlive(identity!)).toBe(false);
  expect(identifyProcess(child.pid ?? 0)).toBeNull();
});

test('the key may stand in a file name and differs from process to process', () => {
  expect(identityKey(ownIdentity())).toMatch(/^[\w.-]+$/);
  expect(identityKey({ pid: process.pid, started: 'a-boot-long-ago.1' })).not.toBe(identityKey(ownIdentity()));
});
