import { describe, expect, test } from 'vitest';
import { tellChange, type NoticeChannel, type NoticeWorld } from '../../../activities/probe/tell-change.ts';
import { sha256 } from '../../../adapters/digest.ts';
import type { ChangeNotice, NoticeBook } from '../../../schemas/notice.ts';
import type { ProbeEvent } from '../../../schemas/probe-event.ts';
import type { ProbeOutcome } from '../../../schemas/vocabulary.ts';
import { eventAt } from '../../support/probe-events.ts';

const never = new AbortController().signal;

/** Somebody who hears, or is deaf for now. */
function listener(id: string) {
  const heard: ChangeNotice[] = [];
  const ear = { id, heard, isDeaf: false, onHeard: () => {} };
  const channel: NoticeChannel = {
    id,
    deliver: async (notice) => {
      if (ear.isDeaf) return { delivered: false, problem: 'fog' };
      heard.push(notice);
      ear.onHeard();
      return { delivered: true };
    },
  };
  return Object.assign(ear, { channel });
}

function harbour(...ears: { readonly channel: NoticeChannel }[]) {
  let kept: NoticeBook = { schema: 'notice-book/1', states: {}, waiting: {} };
  const world: NoticeWorld = {
    workspace: 'b4e4e412',
    now: () => '2026-03-02T04:00:00.000Z',
    sha256,
    channels: ears.map(({ channel }) => channel),
    exclusively: (work) => work(),
    book: { read: () => structuredClone(kept), write: (book) => void (kept = structuredClone(book)) },
  };
  let night = 0;
  const tell = (event: ProbeEvent, told: Partial<NoticeWorld> = {}) => tellChange({ ...world, ...told }, event, never);
  const end = (outcome: ProbeOutcome, told: Partial<ProbeEvent> = {}): Promise<{ delivered: number; waiting: number }> => {
    night += 1;
    return tell(
      eventAt(`2026-03-${String(night).padStart(2, '0')}T03:31:00.000Z`, {
        outcome,
        run_uid: `night-${night}-${told.kind ?? 'quality'}`,
        ...told,
      }),
    );
  };
  return { tell, end, book: () => kept };
}

const words = (notices: readonly ChangeNotice[]): string[] => notices.map(({ before, after }) => `${before.reason} > ${after.reason}`);

test('a change of state is told once, not each night, and so is recovery', async () => {
  const keeper = listener('keeper');
  const { end } = harbour(keeper);
  for (const outcome of ['pass', 'pass', 'fail', 'fail', 'fail', 'error', 'pass', 'pass', 'fail'] as const) await end(outcome);
  expect(words(keeper.heard)).toEqual(['pass > fail', 'fail > error', 'error > pass', 'pass > fail']);
  expect(new Set(keeper.heard.map(({ id }) => id)).size).toBe(4);
});

test('each kind has a state of its own', async () => {
  const keeper = listener('keeper');
  const { end } = harbour(keeper);
  await end('fail');
  await end('pass', { kind: 'determinism' });
  await end('fail', { kind: 'determinism' });
  expect(keeper.heard.map(({ kind }) => kind)).toEqual(['quality', 'determinism']);
});

test('everybody hears of it', async () => {
  const [keeper, pilot] = [listener('keeper'), listener('pilot')];
  expect(await harbour(keeper, pilot).end('fail')).toEqual({ delivered: 2, waiting: 0 });
  expect([keeper.heard, pilot.heard].map(words)).toEqual([['pass > fail'], ['pass > fail']]);
});

describe('who cannot be reached', () => {
  test('is told with the next probe, in order, and keeps nobody else from hearing', async () => {
    const [keeper, pilot] = [listener('keeper'), listener('pilot')];
    const { end, book } = harbour(keeper, pilot);
    keeper.isDeaf = true;
    expect(await end('fail')).toEqual({ delivered: 1, waiting: 1 });
    expect(await end('fail')).toEqual({ delivered: 0, waiting: 1 });
    expect(await end('pass')).toEqual({ delivered: 1, waiting: 2 });
    expect(book().waiting).toMatchObject({ keeper: { problem: 'fog', dropped: 0 } });
    keeper.isDeaf = false;
    expect(await end('pass')).toEqual({ delivered: 2, waiting: 0 });
    expect([keeper.heard, pilot.heard].map(words)).toEqual([
      ['pass > fail', 'fail > pass'],
      ['pass > fail', 'fail > pass'],
    ]);
    expect(book().waiting).toEqual({});
  });
  test('has the newest fifty wait, and the rest counted', async () => {
    const keeper = listener('keeper');
    keeper.isDeaf = true;
    const { end, book } = harbour(keeper);
    for (let night = 0; night < 53; night += 1) await end(night % 2 === 0 ? 'fail' : 'pass', { ts: '2026-03-02T03:31:00.000Z' });
    expect(book().waiting.keeper).toMatchObject({ dropped: 3 });
    expect(book().waiting.keeper?.notices).toHaveLength(50);
  });
  test('and is no longer in the config is forgotten', async () => {
    const keeper = listener('keeper');
    keeper.isDeaf = true;
    const { end, tell, book } = harbour(keeper);
    await end('fail');
    await tell(eventAt('2026-03-09T03:31:00.000Z', { outcome: 'fail' }), { channels: [] });
    expect(book().waiting).toEqual({});
  });
});

describe('told again after a death', () => {
  const failed = eventAt('2026-03-02T03:31:00.000Z', { outcome: 'fail', run_uid: 'night-1' });

  test('behind the delivery nothing is sent twice', async () => {
    const keeper = listener('keeper');
    const { tell } = harbour(keeper);
    await tell(failed);
    await tell(failed);
    expect(keeper.heard).toHaveLength(1);
  });
  test('behind a later probe it changes nothing back', async () => {
    const keeper = listener('keeper');
    const { tell } = harbour(keeper);
    await tell(failed);
    await tell(eventAt('2026-03-02T09:00:00.000Z', { run_uid: 'by-hand-1' }));
    await tell(failed);
    expect(words(keeper.heard)).toEqual(['pass > fail', 'fail > pass']);
  });
  test('between delivery and note the notice comes twice, under one id', async () => {
    const keeper = listener('keeper');
    const { tell } = harbour(keeper);
    keeper.onHeard = () => {
      keeper.onHeard = () => undefined;
      throw new Error('the lamp goes out');
    };
    await expect(tell(failed)).rejects.toThrow('the lamp goes out');
    expect(await tell(failed)).toEqual({ delivered: 1, waiting: 0 });
    expect(keeper.heard).toHaveLength(2);
    expect(new Set(keeper.heard.map(({ id }) => id)).size).toBe(1);
  });
});
