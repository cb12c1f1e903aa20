import { appendFileSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownIdentity } from '../../../adapters/process-identity.ts';
import { essenceOf, readLogSince, rotateLog } from '../../../adapters/temporal/server-log.ts';
import { createServerFolders, serverPlaces } from '../../../adapters/temporal/server-places.ts';
import type { ServerPlaces } from '../../../adapters/temporal/server-places.ts';
import { readRunningServer, readServerState, writeServerState } from '../../../adapters/temporal/server-state.ts';
import { countUsers, registerUser, removeDeadUsers } from '../../../adapters/temporal/server-users.ts';
import { EngineError } from '../../../domain/shared/errors.ts';
import type { ServerState } from '../../../schemas/server-state.ts';

let workspaceDir: string;
let places: ServerPlaces;
beforeEach(() => {
  workspaceDir = mkdtempSync(join(tmpdir(), 'lauter-server-files-'));
  places = serverPlaces(workspaceDir);
  createServerFolders(places);
});
afterEach(() => rmSync(workspaceDir, { recursive: true, force: true }));

function stateOf(process: { pid: number; started: string }): ServerState {
  return {
    schema: 'server-state/1',
    pid: process.pid,
    pid_started: process.started,
    address: '127.0.0.1:7233',
    ui_address: 'http://127.0.0.1:8233',
    server_version: '1.29.1',
    started_at: '2026-05-01T06:00:00.000Z',
    keep: false,
  };
}

test('the state reads back as it was written, and is absent before the first start', () => {
  expect(readServerState(places)).toBeNull();
  const state = stateOf(ownIdentity());
  writeServerState(places, state);
  expect(readServerState(places)).toEqual(state);
  expect(readRunningServer(places)).toEqual(state);
});

test('a server whose process id now belongs to another process does not run', () => {
  writeServerState(places, stateOf({ pid: process.pid, started: 'a-boot-long-ago.1' }));
  expect(readRunningServer(places)).toBeNull();
});

test.each([
  ['torn', '{"schema":"server-state/1","pid":'],
  ['of another version', JSON.stringify({ ...stateOf({ pid: 1, started: 'x' }), schema: 'server-state/2' })],
  ['with an unknown key', JSON.stringify({ ...stateOf({ pid: 1, started: 'x' }), colour: 'amber' })],
  ['without a port', JSON.stringify({ ...stateOf({ pid: 1, started: 'x' }), address: '127.0.0.1' })],
])('a state file %s is reported', (_, text) => {
  writeFileSync(places.state, text);
  expect(() => readServerState(places)).toThrow(EngineError);
});

test('users count while their process lives; the dead and the unreadable are removed', () => {
  const leave = registerUser(places);
  const leaveOnceMore = registerUser(places);
  writeFileSync(join(places.users, '1-x.1.json'), JSON.stringify({ schema: 'server-user/1', pid: process.pid, pid_started: 'long-ago' }));
  writeFileSync(join(places.users, '2-x.1.json'), 'torn');
  expect(countUsers(places)).toBe(2);
  removeDeadUsers(places);
  leave();
  leave();
  expect(countUsers(places)).toBe(1);
  leaveOnceMore();
  expect(countUsers(places)).toBe(0);
});

test('a log that has grown too long is set aside while its writer goes on', () => {
  const writer = openSync(places.log, 'a');
  writeSync(writer, 'old lines\n');
  rotateLog(places.log, 9);
  writeSync(writer, 'new line\n');
  closeSync(writer);
  expect(readFileSync(`${places.log}.1`, 'utf8')).toBe('old lines\n');
  expect(readFileSync(places.log, 'utf8')).toBe('new line\n');
  rotateLog(places.log, 9);
  expect(readFileSync(places.log, 'utf8')).toBe('new line\n');
});

test('the log is read from where the reader says', () => {
  appendFileSync(places.log, 'before\nafter\n');
  expect(readLogSince(places.log, 7)).toBe('after');
  expect(readLogSince(join(places.folder, 'no.log'), 0)).toBe('');
});

test('of a log the panic counts, else the end', () => {
  expect(essenceOf('starting\npanic: no port\n\tat main.go:7', 14)).toBe('panic: no port');
  expect(essenceOf('starting\nno such flag', 12)).toBe('no such flag');
});
