import { expect, test } from 'vitest';
import { openSlot } from '../../../adapters/bench/slot.ts';
import {
  enterServer,
  enterServerInTime,
  requireFreeServer,
  ServerTaken,
  untilServerIsFree,
  type Waiting,
} from '../../../worker/inputs/enter-server.ts';
import { TRANSIENT_CODES } from '../../../worker/transient-codes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const LOCK_HOUSE = 'http://127.0.0.1:8000/v1';
const FERRY = 'http://127.0.0.1:8001/v1';
const CALL = { url: 'http://localhost:8000/v1/', owner: 'queue-tern-1', mostMs: 1_000 };

/** Hears whom it waits for; an interrupt stops it. */
function waitingOf(): Waiting & { readonly told: (string | null)[]; readonly hears: Promise<void>; stop(): void } {
  const stop = new AbortController();
  const told: (string | null)[] = [];
  let tell: () => void = () => undefined;
  const hears = new Promise<void>((resolve) => (tell = resolve));
  return {
    told,
    hears,
    signal: stop.signal,
    stop: () => stop.abort(),
    onWaiting: ({ owner }) => {
      told.push(owner);
      tell();
    },
  };
}

test('a call is let in for as long as it may take and a minute more, and leaves', async () => {
  const workspace = temporaryFolder();
  const leave = await enterServer(workspace, CALL);
  const [guest] = openSlot(workspace, LOCK_HOUSE).guests();
  expect(guest).toMatchObject({ owner: 'queue-tern-1', url: 'http://localhost:8000/v1' });
  const lasts = Date.parse(guest!.until) - Date.parse(guest!.since);
  expect(Math.round(lasts / 1_000)).toBe(61);
  leave();
  expect(openSlot(workspace, LOCK_HOUSE).guests()).toEqual([]);
});

test('a server that a bench has is refused with what the engine tries again after; another one is not', async () => {
  const workspace = temporaryFolder();
  await openSlot(workspace, LOCK_HOUSE).take('bt29-gull');
  const refused = await enterServer(workspace, CALL).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ServerTaken);
  expect(refused).toMatchObject({ message: expect.stringContaining('waiting for bt29-gull, which has http://localhost:8000') });
  expect(TRANSIENT_CODES.has((refused as ServerTaken).code)).toBe(true);
  expect(() => requireFreeServer(workspace, LOCK_HOUSE)).toThrow(ServerTaken);
  expect(() => requireFreeServer(workspace, FERRY)).not.toThrow();
  await expect(enterServer(workspace, { ...CALL, url: FERRY })).resolves.toBeTypeOf('function');
});

test('whoever has time is let in when the bench has ended, and says once whom it waits for', async () => {
  const workspace = temporaryFolder();
  const slot = openSlot(workspace, LOCK_HOUSE);
  await slot.take('bt29-gull');
  const waiting = waitingOf();
  const entering = enterServerInTime(workspace, CALL, waiting);
  await waiting.hears;
  expect(slot.guests()).toEqual([]);
  await slot.free('bt29-gull');
  (await entering)();
  expect(waiting.told).toEqual(['bt29-gull']);
});

test('nobody waits for a server that is free', async () => {
  const workspace = temporaryFolder();
  await openSlot(workspace, LOCK_HOUSE).take('bt29-gull');
  const waiting = waitingOf();
  await untilServerIsFree(workspace, FERRY, waiting);
  (await enterServerInTime(workspace, { ...CALL, url: FERRY }, waiting))();
  expect(waiting.told).toEqual([]);
});

test('an interrupt ends the wait, and nobody was let in', async () => {
  const workspace = temporaryFolder();
  const slot = openSlot(workspace, LOCK_HOUSE);
  await slot.take('bt29-gull');
  const waiting = waitingOf();
  const entering = enterServerInTime(workspace, CALL, waiting);
  await waiting.hears;
  waiting.stop();
  await expect(entering).rejects.toMatchObject({ name: 'AbortError' });
  await slot.free('bt29-gull');
  expect(slot.guests()).toEqual([]);
});
