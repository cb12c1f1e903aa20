import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkBudget } from '../../../cli/doctor/check-budget.ts';
import { costSettingsSchema, type CostSettings } from '../../../schemas/cost-settings.ts';
import { openBudget } from '../../../worker/open-budget.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PRICES = { pilot: { input_per_million: 1 }, quay: { input_per_million: 0, date: '2020-01-01' } };
const cost = (more: object = {}): CostSettings => costSettingsSchema.parse({ prices: PRICES, ...more });
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A workspace in which 0.9 dollars were set aside today. */
async function spentRoot(): Promise<string> {
  const root = temporaryFolder();
  const budget = openBudget({ root, runId: 'tide-1', command: 'eval longmemeval', capUsd: null, settings: cost() });
  await budget.reserve({ lane: 'embedding', model: 'pilot', mostInputTokens: 900_000, mostOutputTokens: 0 });
  return root;
}

test('nothing spent, no cap: well', async () => {
  const check = await checkBudget({ root: temporaryFolder(), options: {} }, costSettingsSchema.parse({}));
  expect(check).toMatchObject({ name: 'budget', status: 'ok', message: '$0.00 spent today, no cap; 0 prices' });
});

test.each([
  [0.89, 'warn'],
  [1, 'warn'],
  [1.01, 'ok'],
])("a day's cap of %s of which 0.9 is gone: %s", async (perDayUsd, state) => {
  const check = await checkBudget({ root: await spentRoot(), options: {} }, cost({ per_day_usd: perDayUsd }));
  expect(check).toMatchObject({ status: state, message: expect.stringContaining('$0.90 spent today of $') as string });
  if (state === 'warn') expect(check.remedy).toContain('lauter budget show');
});

test('the money of another day does not count', async () => {
  const root = await spentRoot();
  expect(await checkBudget({ root, options: {} }, cost({ per_day_usd: 0.9 }), dayOf(Date.now() + 86_400_000))).toMatchObject({
    status: 'ok',
  });
});

describe('prices', () => {
  const look = (settings: CostSettings) => checkBudget({ root: temporaryFolder(), options: {} }, settings, '2026-08-30');

  test('are old after 180 days, by their own day or that of the table; those of nothing never are', async () => {
    expect(await look(cost({ date: '2026-03-03' }))).toMatchObject({ status: 'ok' });
    const old = await look(cost({ date: '2026-03-02' }));
    expect(old).toMatchObject({ status: 'warn', message: expect.stringContaining('older than 180 days: pilot') as string });
    expect(old.message).not.toContain('quay');
    const own = { pilot: { input_per_million: 1, date: '2026-08-01' } };
    expect(await look(cost({ date: '2020-01-01', prices: own }))).toMatchObject({ status: 'ok' });
  });
});

test('a ledger that was edited is told, with what to do', async () => {
  const root = await spentRoot();
  const path = join(root, 'ledger', 'budget.jsonl');
  writeFileSync(path, readFileSync(path, 'utf8').replace('900000000', '9'));
  const check = await checkBudget({ root, options: {} }, cost());
  expect(check).toMatchObject({ status: 'warn', message: expect.stringContaining('line 1') as string });
  expect(check.remedy).toContain('Nothing that costs is called until then.');
});
