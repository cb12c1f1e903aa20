import { afterEach, expect, test, vi } from 'vitest';
import type { BenchRunInput } from '../../../activities/bench-contract.ts';
import { takeSlot } from '../../../activities/bench/take-slot.ts';
import { openSlot, SLOT_TTL_MS } from '../../../adapters/bench/slot.ts';
import { benchRunSettings } from '../../support/bench-settings.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const RUN = { owner: 'bt29-tern', settings: benchRunSettings() } as BenchRunInput;
const CALL = { owner: 'queue-gull-1', mostMs: 60_000 };

afterEach(() => void vi.useRealTimers());

function scene() {
  const workspace = temporaryFolder();
  return { slot: openSlot(workspace, RUN.settings.base_url), world: { slot: (url: string) => openSlot(workspace, url) } };
}

test('a free slot is taken without waiting', async () => {
  const { world } = scene();
  const taken = takeSlot(world, RUN, () => Promise.reject(new Error('nothing to wait for')));
  expect(await taken).toEqual({ token: 1, detail: '' });
});

test('replays that are at the server end first, and no other one is let in', async () => {
  const { slot, world } = scene();
  const entry = await slot.enter(CALL);
  const looks: boolean[] = [];
  const taken = await takeSlot(world, RUN, async () => {
    looks.push((await slot.enter(CALL)).isIn);
    if (looks.length === 3 && entry.isIn) entry.leave();
  });
  expect([taken.token, looks, slot.guests()]).toEqual([1, [false, false, false], []]);
});

test('one that waits for long shows that it is there', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-02T08:00:00Z') });
  const { slot, world } = scene();
  const entry = await slot.enter({ ...CALL, mostMs: 10 * SLOT_TTL_MS });
  let looks = 0;
  await takeSlot(world, RUN, async () => {
    looks += 1;
    vi.setSystemTime(Date.now() + SLOT_TTL_MS / 110);
    if (looks === 130 && entry.isIn) entry.leave();
  });
  expect(slot.holder()?.owner).toBe('bt29-tern');
});

test('one that is cancelled while it waits gives the slot back', async () => {
  const { slot, world } = scene();
  await slot.enter(CALL);
  const cancelled = takeSlot(world, RUN, () => Promise.reject(new Error('cancelled')));
  await expect(cancelled).rejects.toThrow('cancelled');
  expect([slot.holder(), (await slot.enter(CALL)).isIn]).toEqual([undefined, true]);
});

test('a slot that another bench has is not waited for', async () => {
  const { slot, world } = scene();
  await slot.take('bt29-gull');
  const { token, detail } = await takeSlot(world, RUN, () => Promise.reject(new Error('nothing to wait for')));
  expect([token, detail]).toEqual([null, expect.stringMatching(/^held by bt29-gull, last seen 2\d{3}-/)]);
});
