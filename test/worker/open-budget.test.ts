import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlannedCall, RefusedCall, Reservation } from '../../activities/budget-ports.ts';
import { ConfigError, LakeCorruptError } from '../../domain/shared/errors.ts';
import { costSettingsSchema } from '../../schemas/cost-settings.ts';
import { openBudget } from '../../worker/open-budget.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A token costs a dollar for a million in and four out: 1,000 in and 750 out are 0.004. */
const SETTINGS = costSettingsSchema.parse({
  version: 'harbour-1',
  prices: { 'pilot/reader:7b': { input_per_million: 1, output_per_million: 4 }, 'quay-local': { input_per_million: 0 } },
});
const CALL: PlannedCall = { lane: 'reader', model: 'pilot/reader:7b', mostInputTokens: 1_000, mostOutputTokens: 750 };
const USED = { inputTokens: 1_000, outputTokens: 750 };

function budgetIn(root: string, more: { runId?: string; capUsd?: number | null; perDayUsd?: number; command?: string } = {}) {
  const { runId = 'tide-1', capUsd = null, perDayUsd, command = 'eval longmemeval' } = more;
  const settings = perDayUsd === undefined ? SETTINGS : { ...SETTINGS, per_day_usd: perDayUsd };
  return openBudget({ root, runId, command, capUsd, settings });
}

function isMade(outcome: Reservation | RefusedCall): outcome is Reservation {
  return 'settle' in outcome;
}

async function made(outcome: Promise<Reservation | RefusedCall>): Promise<Reservation> {
  const reservation = await outcome;
  if (!isMade(reservation)) throw new Error(`refused by the cap of the ${reservation.refused}`);
  return reservation;
}

/** Rows of the file, read without the ledger. */
function rowsIn(root: string): Record<string, unknown>[] {
  const path = join(root, 'ledger', 'budget.jsonl');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the cap of a run', () => {
  test('BUD-1: with 0.01 and calls of 0.004, three at a time, exactly two are made', async () => {
    const budget = budgetIn(temporaryFolder(), { capUsd: 0.01 });
    const spend = async (): Promise<boolean> => {
      const outcome = await budget.reserve(CALL);
      if (!isMade(outcome)) return false;
      await outcome.settle(USED);
      return true;
    };
    const first = await Promise.all([spend(), spend(), spend()]);
    const later = await Promise.all([spend(), spend(), spend()]);
    expect([...first, ...later].filter(Boolean)).toHaveLength(2);
    expect(await budget.spentUsd()).toBe(0.008);
  });

  test('a refusal says which cap, what counts against it, and what was wanted', async () => {
    const budget = budgetIn(temporaryFolder(), { capUsd: 0.01 });
    await budget.reserve(CALL);
    await budget.reserve(CALL);
    expect(await budget.reserve(CALL)).toEqual({ refused: 'run', capUsd: 0.01, spentUsd: 0.008, wantedUsd: 0.004 });
  });

  test('CST-1: 0, and what is below it, allow no spend', async () => {
    for (const capUsd of [0, -5, Number.NaN]) {
      const budget = budgetIn(temporaryFolder(), { capUsd });
      expect(await budget.reserve({ ...CALL, mostInputTokens: 1, mostOutputTokens: 0 })).toMatchObject({ refused: 'run', capUsd: 0 });
      expect(await budget.spentUsd()).toBe(0);
    }
  });

  test('a cap may be reached to the last nano-dollar', async () => {
    const budget = budgetIn(temporaryFolder(), { capUsd: 0.29 });
    const outcome = await budget.reserve({ ...CALL, mostInputTokens: 290_000, mostOutputTokens: 0 });
    expect(isMade(outcome)).toBe(true);
  });

  test('stands in the config where the command line says nothing', async () => {
    const settings = { ...SETTINGS, per_command_usd: { 'eval longmemeval': 0.003 } };
    const place = { root: temporaryFolder(), runId: 'tide-1', command: 'eval longmemeval', settings };
    expect(await openBudget({ ...place, capUsd: null }).reserve(CALL)).toMatchObject({ refused: 'run', capUsd: 0.003 });
    expect(await openBudget({ ...place, capUsd: 0.004 }).reserve(CALL)).toMatchObject({ reservedUsd: 0.004 });
  });

  test('a resumed run has spent what it had spent, and what it never settled', async () => {
    const root = temporaryFolder();
    const before = budgetIn(root, { capUsd: 0.01 });
    await (await made(before.reserve(CALL))).settle({ inputTokens: 500, outputTokens: 0 });
    await before.reserve(CALL);
    const resumed = budgetIn(root, { capUsd: 0.01 });
    expect(await resumed.spentUsd()).toBe(0.0045);
    expect(isMade(await resumed.reserve(CALL))).toBe(true);
    expect(await resumed.reserve(CALL)).toMatchObject({ refused: 'run', spentUsd: 0.0085 });
  });

  test('is its own: another run has another', async () => {
    const root = temporaryFolder();
    await budgetIn(root, { runId: 'tide-1' }).reserve(CALL);
    const other = budgetIn(root, { runId: 'tide-2', capUsd: 0.004 });
    expect(await other.spentUsd()).toBe(0);
    expect(isMade(await other.reserve(CALL))).toBe(true);
  });
});

describe('the cap of a day', () => {
  test('counts every run of every command', async () => {
    const root = temporaryFolder();
    await (await made(budgetIn(root, { runId: 'tide-1', perDayUsd: 0.01 }).reserve(CALL))).settle(USED);
    await budgetIn(root, { runId: 'tide-2', perDayUsd: 0.01, command: 'search query' }).reserve(CALL);
    const third = budgetIn(root, { runId: 'tide-3', perDayUsd: 0.01, capUsd: 5 });
    expect(await third.reserve(CALL)).toEqual({ refused: 'day', capUsd: 0.01, spentUsd: 0.008, wantedUsd: 0.004 });
  });
});

describe('settling', () => {
  test('gives back what was not used, exactly once', async () => {
    const root = temporaryFolder();
    const budget = budgetIn(root);
    const reservation = await made(budget.reserve(CALL));
    expect(reservation.reservedUsd).toBe(0.004);
    expect(await reservation.settle({ inputTokens: 200, outputTokens: 10 })).toBe(0.00024);
    expect(await reservation.settle(USED)).toBe(0.00024);
    expect(await budget.spentUsd()).toBe(0.00024);
    expect(rowsIn(root).map(({ kind }) => kind)).toEqual(['reserve', 'settle']);
  });

  test('costs all that was set aside when the usage is not known, nothing when no call was made', async () => {
    const budget = budgetIn(temporaryFolder());
    expect(await (await made(budget.reserve(CALL))).settle({ inputTokens: null, outputTokens: null })).toBe(0.004);
    expect(await (await made(budget.reserve(CALL))).settle('no-call')).toBe(0);
    expect(await budget.spentUsd()).toBe(0.004);
  });

  test('takes the most for the part that is not reported, and for one that is no number of tokens', async () => {
    const budget = budgetIn(temporaryFolder());
    expect(await (await made(budget.reserve(CALL))).settle({ inputTokens: 100, outputTokens: null })).toBe(0.0031);
    expect(await (await made(budget.reserve(CALL))).settle({ inputTokens: -100, outputTokens: Number.NaN })).toBe(0.004);
  });

  test('above what was set aside is written as it is, counts, and closes the cap', async () => {
    const budget = budgetIn(temporaryFolder(), { capUsd: 0.01 });
    expect(await (await made(budget.reserve(CALL))).settle({ inputTokens: 9_000, outputTokens: 750 })).toBe(0.012);
    expect(await budget.spentUsd()).toBe(0.012);
    expect(await budget.reserve(CALL)).toMatchObject({ refused: 'run', spentUsd: 0.012 });
  });
});

describe('prices', () => {
  test('BUD-2: a model without one is refused by name, with the command that adds it, and nothing is written', async () => {
    const root = temporaryFolder();
    const asked = budgetIn(root).reserve({ ...CALL, model: "harbour/pilot's-4.1:mini" });
    await expect(asked).rejects.toThrow(ConfigError);
    await expect(asked).rejects.toMatchObject({
      message: expect.stringContaining(`"harbour/pilot's-4.1:mini"`) as string,
      remedy: expect.stringContaining(
        `lauter config set 'cost.prices["harbour/pilot'\\''s-4.1:mini"]' '{"input_per_million":0,"output_per_million":0}'`,
      ) as string,
    });
    expect(rowsIn(root)).toEqual([]);
  });

  test('a model that costs nothing is never written down, nor held back by a cap of 0', async () => {
    const root = temporaryFolder();
    const budget = budgetIn(root, { capUsd: 0 });
    const reservation = await made(budget.reserve({ ...CALL, model: 'quay-local' }));
    expect(await reservation.settle({ inputTokens: 1_000_000, outputTokens: null })).toBe(0);
    expect(rowsIn(root)).toEqual([]);
  });

  test('a row tells run, command, lane, model and price table', async () => {
    const root = temporaryFolder();
    await budgetIn(root).reserve(CALL);
    expect(rowsIn(root)[0]).toMatchObject({
      schema: 'budget-row/1',
      run_id: 'tide-1',
      command: 'eval longmemeval',
      lane: 'reader',
      model: 'pilot/reader:7b',
      nano_usd: 4_000_000,
      price_table: 'harbour-1',
    });
  });
});

describe('200 at once', () => {
  test('never spend more than there is, in few writes', async () => {
    const root = temporaryFolder();
    const budget = budgetIn(root, { capUsd: 0.2 });
    let mostUsd = 0;
    const spend = async (_: unknown, number: number): Promise<number> => {
      const outcome = await budget.reserve(CALL);
      mostUsd = Math.max(mostUsd, await budget.spentUsd());
      return isMade(outcome) ? outcome.settle({ inputTokens: number * 5, outputTokens: number }) : 0;
    };
    const settled = await Promise.all(Array.from({ length: 200 }, spend));
    expect(mostUsd).toBeLessThanOrEqual(0.2);
    expect(await budget.spentUsd()).toBeCloseTo(
      settled.reduce((sum, usd) => sum + usd, 0),
      9,
    );
    expect(rowsIn(root).filter(({ kind }) => kind === 'reserve')).toHaveLength(50);
  });

  test('money that comes back can be spent again', async () => {
    const budget = budgetIn(temporaryFolder(), { capUsd: 0.004 });
    for (const _ of Array.from({ length: 5 })) await (await made(budget.reserve(CALL))).settle('no-call');
    expect(await budget.spentUsd()).toBe(0);
  });
});

describe('a ledger that was tampered with', () => {
  async function spentTwice(): Promise<{ root: string; path: string; lines: string[] }> {
    const root = temporaryFolder();
    const budget = budgetIn(root);
    await (await made(budget.reserve(CALL))).settle(USED);
    await (await made(budget.reserve(CALL))).settle(USED);
    const path = join(root, 'ledger', 'budget.jsonl');
    return { root, path, lines: readFileSync(path, 'utf8').trimEnd().split('\n') };
  }
  const TAMPERINGS: Readonly<Record<string, (lines: string[]) => string[]>> = {
    'an edited amount': ([first, second, ...rest]) => [first!, second!.replace('"nano_usd":4000000', '"nano_usd":1'), ...rest],
    'the last row cut off': (lines) => lines.slice(0, -1),
    'a row taken out': (lines) => lines.filter((_, at) => at !== 1),
    'rows in another order': ([first, second, ...rest]) => [second!, first!, ...rest],
    'all rows gone': () => [],
  };

  test.each(Object.entries(TAMPERINGS))('%s: nothing more is spent, and nothing is said to be', async (_what, tamper) => {
    const { root, path, lines } = await spentTwice();
    writeFileSync(
      path,
      tamper(lines)
        .map((line) => `${line}\n`)
        .join(''),
    );
    const budget = budgetIn(root, { capUsd: 100 });
    await expect(budget.reserve(CALL)).rejects.toThrow(LakeCorruptError);
    await expect(budget.spentUsd()).rejects.toThrow(LakeCorruptError);
  });
});
