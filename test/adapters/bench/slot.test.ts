import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openSlot, SLOT_TTL_MS } from '../../../adapters/bench/slot.ts';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const URL_OF_SERVER = 'http://127.0.0.1:8000/v1';

function slotFile(workspace: string): string {
  const name = readdirSync(join(workspace, 'locks')).find((file) => /^slot-[0-9a-f]{12}\.json$/.test(file));
  return join(workspace, 'locks', name ?? 'none');
}

test('the first to ask gets the slot, the second learns who has it', async () => {
  const workspace = temporaryFolder();
  const slot = openSlot(workspace, URL_OF_SERVER);
  expect(await slot.take('bt29-tern')).toEqual({ taken: true, token: 1 });
  expect(await slot.take('bt29-gull')).toMatchObject({ taken: false, holder: { owner: 'bt29-tern', token: 1 } });
  expect(slot.holder()).toMatchObject({ owner: 'bt29-tern' });
  expect(statSync(slotFile(workspace)).mode & 0o777).toBe(0o600);
});

test('taking it again makes the earlier token stale', async () => {
  const slot = openSlot(temporaryFolder(), URL_OF_SERVER);
  await slot.take('bt29-tern');
  expect(await slot.take('bt29-tern')).toEqual({ taken: true, token: 2 });
  expect([slot.isCurrent(1), slot.isCurrent(2)]).toEqual([false, true]);
  expect([await slot.renew(1), await slot.renew(2)]).toEqual([false, true]);
});

test('only its holder gives it back, and the token goes on growing', async () => {
  const slot = openSlot(temporaryFolder(), URL_OF_SERVER);
  await slot.take('bt29-tern');
  await slot.free('bt29-gull');
  expect(slot.isCurrent(1)).toBe(true);
  await slot.free('bt29-tern');
  expect([slot.isCurrent(1), slot.holder(), await slot.renew(1)]).toEqual([false, undefined, false]);
  expect(await slot.take('bt29-gull')).toEqual({ taken: true, token: 2 });
});

test('a holder without a sign of life loses it, one with a sign of life does not', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-02T08:00:00Z') });
  try {
    const slot = openSlot(temporaryFolder(), URL_OF_SERVER);
    await slot.take('bt29-tern');
    vi.setSystemTime(Date.now() + SLOT_TTL_MS - 1);
    expect((await slot.take('bt29-gull')).taken).toBe(false);
    await slot.renew(1);
    vi.setSystemTime(Date.now() + SLOT_TTL_MS - 1);
    expect((await slot.take('bt29-gull')).taken).toBe(false);
    vi.setSystemTime(Date.now() + 1);
    expect(await slot.take('bt29-gull')).toEqual({ taken: true, token: 2 });
    expect(slot.isCurrent(1)).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

test('servers have slots of their own', async () => {
  const workspace = temporaryFolder();
  await openSlot(workspace, URL_OF_SERVER).take('bt29-tern');
  expect((await openSlot(workspace, 'http://127.0.0.1:8001/v1').take('bt29-gull')).taken).toBe(true);
});

test('of many that ask at once one gets it', async () => {
  const workspace = temporaryFolder();
  const attempts = await Promise.all(Array.from({ length: 12 }, (_, at) => openSlot(workspace, URL_OF_SERVER).take(`run-${at}`)));
  expect(attempts.filter(({ taken }) => taken)).toHaveLength(1);
});

test('a torn file is told as such, and nobody takes the slot', async () => {
  const workspace = temporaryFolder();
  const slot = openSlot(workspace, URL_OF_SERVER);
  await slot.take('bt29-tern');
  const path = slotFile(workspace);
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, 40));
  await expect(slot.take('bt29-tern')).rejects.toThrow(LakeCorruptError);
  expect(() => slot.isCurrent(1)).toThrow(/expected an inference-slot\/1 document/);
});
