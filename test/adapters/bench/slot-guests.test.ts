import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { heldSlots, openSlot, SLOT_TTL_MS, slotGuests } from '../../../adapters/bench/slot.ts';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';
import { startProgram, type ChildProgram } from '../../support/child-program.ts';
import { until } from '../../support/engine-client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const URL_OF_SERVER = 'http://127.0.0.1:8000/v1';
const CALL = { owner: 'queue-tern-1', mostMs: 60_000 };

const children: ChildProgram[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(children.splice(0).map((child) => child.kill()));
});

/** A process of its own that uses a slot. */
function startUser(workspace: string, aloneFile = ''): { readonly program: ChildProgram; ask<Answer>(line: string): Promise<Answer> } {
  const program = startProgram(new URL('slot-user.ts', import.meta.url), [workspace, URL_OF_SERVER, aloneFile]);
  children.push(program);
  return {
    program,
    ask: async <Answer>(line: string) => {
      program.say(line);
      return JSON.parse(await program.hear()) as Answer;
    },
  };
}

function guestFiles(workspace: string): string[] {
  const locks = join(workspace, 'locks');
  const folders = readdirSync(locks).filter((name) => name.endsWith('-guests'));
  return folders.flatMap((name) => readdirSync(join(locks, name)).map((file) => join(locks, name, file)));
}

describe('guests of a slot', () => {
  test('are many at once, and are listed until each has left', async () => {
    const workspace = temporaryFolder();
    const slot = openSlot(workspace, URL_OF_SERVER);
    const entries = await Promise.all(['a', 'b', 'c'].map((owner) => slot.enter({ ...CALL, owner })));
    expect(entries.map(({ isIn }) => isIn)).toEqual([true, true, true]);
    expect(slot.holder()).toBeUndefined();
    expect(
      slot
        .guests()
        .map(({ owner }) => owner)
        .sort(),
    ).toEqual(['a', 'b', 'c']);
    expect(slotGuests(workspace)).toHaveLength(3);
    expect(guestFiles(workspace).map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
    for (const entry of entries) if (entry.isIn) entry.leave();
    expect([slot.guests(), guestFiles(workspace)]).toEqual([[], []]);
  });

  test('come no more once somebody takes it, who is alone when those inside have left', async () => {
    const slot = openSlot(temporaryFolder(), URL_OF_SERVER);
    const inside = await slot.enter(CALL);
    expect(await slot.take('bt29-tern')).toEqual({ taken: true, token: 1 });
    expect(await slot.enter(CALL)).toMatchObject({ isIn: false, holder: { owner: 'bt29-tern' } });
    expect(slot.guests()).toMatchObject([{ owner: 'queue-tern-1' }]);
    if (inside.isIn) inside.leave();
    expect([slot.guests(), slot.isCurrent(1)]).toEqual([[], true]);
    await slot.free('bt29-tern');
    expect((await slot.enter(CALL)).isIn).toBe(true);
  });

  test('leave the token of the bench alone', async () => {
    const slot = openSlot(temporaryFolder(), URL_OF_SERVER);
    await slot.take('bt29-tern');
    await slot.free('bt29-tern');
    await slot.enter(CALL);
    expect(await slot.take('bt29-tern')).toEqual({ taken: true, token: 2 });
  });

  test('have the same slot however the address is written, and another one at another port', async () => {
    const workspace = temporaryFolder();
    await openSlot(workspace, 'http://localhost:8000/').take('bt29-tern');
    expect((await openSlot(workspace, URL_OF_SERVER).enter(CALL)).isIn).toBe(false);
    expect((await openSlot(workspace, 'http://127.0.0.1:8001/v1').enter(CALL)).isIn).toBe(true);
    expect(heldSlots(workspace)).toHaveLength(1);
  });

  test('are told without the password in their address', async () => {
    const workspace = temporaryFolder();
    await openSlot(workspace, 'http://keeper:tide@localhost:8000/v1?key=low').enter(CALL);
    expect(slotGuests(workspace)).toMatchObject([{ url: 'http://localhost:8000/v1' }]);
  });

  test('are gone when their time is over, and one that leaves late does no harm', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-02T08:00:00Z') });
    const slot = openSlot(temporaryFolder(), URL_OF_SERVER);
    const entry = await slot.enter(CALL);
    vi.setSystemTime(Date.now() + CALL.mostMs - 1);
    expect(slot.guests()).toHaveLength(1);
    vi.setSystemTime(Date.now() + 1);
    expect(slot.guests()).toEqual([]);
    if (entry.isIn) entry.leave();
  });

  test('of another kind of file are told as such', async () => {
    const workspace = temporaryFolder();
    const slot = openSlot(workspace, URL_OF_SERVER);
    await slot.enter(CALL);
    writeFileSync(guestFiles(workspace)[0]!, '{"schema":');
    expect(() => slot.guests()).toThrow(LakeCorruptError);
  });
});

describe('several processes', () => {
  test('a guest that is killed is gone at once', async () => {
    const workspace = temporaryFolder();
    const slot = openSlot(workspace, URL_OF_SERVER);
    const guest = startUser(workspace);
    expect(await guest.ask('enter queue-gull-1 600000')).toEqual({ isIn: true });
    expect(slot.guests()).toMatchObject([{ owner: 'queue-gull-1', pid: guest.program.pid }]);
    await guest.program.kill();
    expect([slot.guests(), guestFiles(workspace)]).toEqual([[], []]);
  });

  test('a bench that is killed keeps guests out until it is taken for gone', async () => {
    const workspace = temporaryFolder();
    const bench = startUser(workspace);
    expect(await bench.ask('take bt29-gull')).toEqual({ taken: true, token: 1 });
    await bench.program.kill();
    const slot = openSlot(workspace, URL_OF_SERVER);
    expect((await slot.enter(CALL)).isIn).toBe(false);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + SLOT_TTL_MS });
    expect((await slot.enter(CALL)).isIn).toBe(true);
    expect(await slot.take('bt29-gull')).toEqual({ taken: true, token: 2 });
  });

  test('none is inside while somebody is alone, whoever is killed meanwhile', async () => {
    const workspace = temporaryFolder();
    const aloneFile = join(workspace, 'alone');
    const users = Array.from({ length: 3 }, () => startUser(workspace, aloneFile));
    type Visits = Record<'inside' | 'refused' | 'disturbed', number>;
    const free = { inside: 2, refused: 0, disturbed: 0 };
    expect(await Promise.all(users.map((user) => user.ask<Visits>('visit 2')))).toEqual([free, free, free]);

    // The harness can fail: somebody who is inside sees the file of one who only says that he is alone.
    writeFileSync(aloneFile, '');
    expect(await users[0]!.ask<Visits>('visit 1')).toMatchObject({ disturbed: 1 });
    rmSync(aloneFile);

    const slot = openSlot(workspace, URL_OF_SERVER);
    const [killed, ...others] = users;
    killed!.program.say('visit 4000');
    for (const round of [1, 2]) {
      const ends = others.map((user) => user.ask<Visits>('visit 12'));
      expect((await slot.take('bt29-tern')).taken).toBe(true);
      if (round === 1) await killed!.program.kill();
      await until(
        () => slot.guests().length,
        (count) => count === 0,
      );
      writeFileSync(aloneFile, '');
      expect((await Promise.all(ends)).map(({ disturbed }) => disturbed)).toEqual([0, 0]);
      expect(await others[0]!.ask('visit 1')).toEqual({ inside: 0, refused: 1, disturbed: 0 });
      rmSync(aloneFile);
      await slot.free('bt29-tern');
      expect(await others[0]!.ask('visit 1')).toEqual({ inside: 1, refused: 0, disturbed: 0 });
    }
  });
});
