import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { PlannedCall, Reservation } from '../../activities/budget-ports.ts';
import { costSettingsSchema } from '../../schemas/cost-settings.ts';
import { openBudget } from '../../worker/open-budget.ts';
import { tallyBudget } from '../support/budget-tally.ts';
import { startProgram, type ChildProgram } from '../support/child-program.ts';
import { forgetfulBudget, locklessBudget, type Spend } from '../support/faulty-budgets.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Processes are started here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const programs: ChildProgram[] = [];
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.kill()));
});

const NANO = 1e9;
const MOST = 4_000_000;
const SETTINGS = costSettingsSchema.parse({ prices: { pilot: { input_per_million: 1, output_per_million: 4 } } });
const CALL: PlannedCall = { lane: 'reader', model: 'pilot', mostInputTokens: 1_000, mostOutputTokens: 750 };

/** Programs that have all begun by the time that the first of them spends; `kills` is the call in whose middle one is killed. */
async function spendAtOnce(
  root: string,
  capUsd: number,
  spenders: readonly { lanes: number; kills?: number }[],
): Promise<(number | null)[]> {
  const started = spenders.map(({ lanes, kills }) =>
    startProgram(new URL('budget-spender.ts', import.meta.url), [root, String(capUsd), String(lanes), String(kills)]),
  );
  programs.push(...started);
  await Promise.all(started.map((program) => program.hear()));
  for (const program of started) program.say('go');
  return Promise.all(started.map((program) => program.ended()));
}

function billedIn(root: string): number {
  const bills = readFileSync(join(root, 'bills.log'), 'utf8').trimEnd().split('\n').map(Number);
  return bills.reduce((sum, bill) => sum + bill, 0);
}

test('processes that spend at the same time, and are killed in the middle of calls, never pass the cap, nor does the bill', async () => {
  const root = temporaryFolder();
  const capUsd = 0.12;
  const killed = await spendAtOnce(root, capUsd, [
    { lanes: 3, kills: 2 },
    { lanes: 5, kills: 4 },
    { lanes: 1, kills: 3 },
  ]);
  expect(killed).toEqual([null, null, null]);
  expect(tallyBudget(root, 'tide-1').open).toBeGreaterThanOrEqual(3);
  expect(await spendAtOnce(root, capUsd, [{ lanes: 4 }, { lanes: 8 }])).toEqual([0, 0]);

  const tally = tallyBudget(root, 'tide-1');
  expect(tally.highest).toBeLessThanOrEqual(capUsd * NANO);
  // Whoever asked last was refused: less than one more call was left over.
  expect(tally.highest).toBeGreaterThan(capUsd * NANO - MOST);
  expect(billedIn(root)).toBeLessThanOrEqual(tally.atEnd);
  const resumed = openBudget({ root, runId: 'tide-1', command: 'eval longmemeval', capUsd, settings: SETTINGS });
  expect(await resumed.spentUsd()).toBe(tally.atEnd / NANO);
});

test('a call whose process dies stays counted in full: nobody knows what it cost', async () => {
  const root = temporaryFolder();
  await spendAtOnce(root, 0.004, [{ lanes: 1, kills: 1 }]);
  expect(tallyBudget(root, 'tide-1')).toMatchObject({ reserves: 1, open: 1, atEnd: MOST });
  const resumed = openBudget({ root, runId: 'tide-1', command: 'eval longmemeval', capUsd: 0.004, settings: SETTINGS });
  expect(await resumed.reserve(CALL)).toMatchObject({ refused: 'run', spentUsd: 0.004 });
});

test('threads of one process share one cap', async () => {
  const root = temporaryFolder();
  const loader = new URL('../support/typescript-loader.mjs', import.meta.url).href;
  const threads = [1, 2, 3].map(
    () => new Worker(new URL('budget-thread.ts', import.meta.url), { workerData: { root, capUsd: 0.05 }, execArgv: ['--import', loader] }),
  );
  const calls = await Promise.all(threads.map(async (thread) => Number(((await once(thread, 'message')) as unknown[])[0])));
  // 12 of 0.004 are 0.048; a thirteenth has no room.
  expect(calls.reduce((sum, each) => sum + each, 0)).toBe(12);
  expect(tallyBudget(root, 'tide-1')).toMatchObject({ highest: 12 * MOST, open: 0 });
});

describe('a provider that uses more than the most that was planned', () => {
  test('passes the cap by the excess of one call at most when calls follow each other, and nothing is called after it', async () => {
    const root = temporaryFolder();
    const budget = openBudget({ root, runId: 'tide-1', command: 'eval longmemeval', capUsd: 0.01, settings: SETTINGS });
    let calls = 0;
    for (let tries = 0; tries < 5; tries += 1) {
      const outcome = await budget.reserve(CALL);
      if ('refused' in outcome) continue;
      calls += 1;
      await outcome.settle({ inputTokens: 2_000, outputTokens: 1_500 });
    }
    expect(calls).toBe(1);
    expect(tallyBudget(root, 'tide-1').atEnd).toBe(2 * MOST);
  });

  test('200 at once: what is over the most is the excess of those that were let in, and is on the record', async () => {
    const root = temporaryFolder();
    const cap = 50 * MOST;
    const budget = openBudget({ root, runId: 'tide-1', command: 'eval longmemeval', capUsd: cap / NANO, settings: SETTINGS });
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => budget.reserve(CALL)));
    const made = outcomes.filter((outcome): outcome is Reservation => 'settle' in outcome);
    expect(made).toHaveLength(50);
    // One of them uses a thousand tokens more than was planned.
    const settle = (reservation: Reservation, at: number) =>
      reservation.settle({ inputTokens: at === 0 ? 2_000 : 1_000, outputTokens: 750 });
    await Promise.all(made.map(settle));
    expect(tallyBudget(root, 'tide-1')).toMatchObject({ atEnd: cap + 1_000_000, open: 0 });
    expect(await budget.reserve(CALL)).toMatchObject({ refused: 'run' });
  });
});

describe('the harness can fail', () => {
  /** 40 at once, each of which holds its money until all have asked. */
  async function highestOf(open: (root: string, cap: number) => Spend): Promise<number> {
    const root = temporaryFolder();
    const spend = open(root, 10 * MOST);
    await Promise.all(Array.from({ length: 40 }, () => spend(MOST, MOST, () => Promise.resolve())));
    return tallyBudget(root, 'tide-1').highest;
  }

  test.each([
    ['forgets what is set aside', forgetfulBudget],
    ['looks before it takes the lock', locklessBudget],
  ])('a budget that %s passes the cap', async (_what, open) => {
    expect(await highestOf(open)).toBeGreaterThan(10 * MOST);
  });

  test('ours does not', async () => {
    const sound = (root: string, cap: number): Spend => {
      const budget = openBudget({ root, runId: 'tide-1', command: 'eval longmemeval', capUsd: cap / NANO, settings: SETTINGS });
      return async (_most, _used, work) => {
        const outcome = await budget.reserve(CALL);
        if ('refused' in outcome) return false;
        await work();
        await outcome.settle({ inputTokens: 1_000, outputTokens: 750 });
        return true;
      };
    };
    expect(await highestOf(sound)).toBe(10 * MOST);
  });
});
