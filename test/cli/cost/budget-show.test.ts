import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlannedCall } from '../../../activities/budget-ports.ts';
import { budgetSummarySchema, type BudgetSummary } from '../../../schemas/budget-summary.ts';
import { costSettingsSchema } from '../../../schemas/cost-settings.ts';
import { openBudget } from '../../../worker/open-budget.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const COST = {
  version: 'spring',
  date: '2026-03-02',
  prices: { pilot: { input_per_million: 1, output_per_million: 4 }, scale: { input_per_million: 2 } },
  per_day_usd: 1,
  per_command_usd: { 'eval longmemeval': 0.5 },
};
const READ: PlannedCall = { lane: 'reader', model: 'pilot', mostInputTokens: 1_000, mostOutputTokens: 750 };
const EMBED: PlannedCall = { lane: 'embedding', model: 'scale', mostInputTokens: 500, mostOutputTokens: 0 };

/** tide-1 reads twice (0.0003 and 0.004 of 0.004 each) and leaves a third call open; tide-2 embeds for 0.001. */
async function spentWorkspace(): Promise<string> {
  const root = temporaryFolder({ 'lauter.config.json': JSON.stringify({ cost: COST }) });
  const settings = costSettingsSchema.parse(COST);
  const [reading, searching] = [
    openBudget({ root, runId: 'tide-1', command: 'eval longmemeval', capUsd: null, settings }),
    openBudget({ root, runId: 'tide-2', command: 'search query', capUsd: null, settings }),
  ];
  const spend = async (budget: typeof reading, call: PlannedCall, usage?: { inputTokens: number; outputTokens: number | null }) => {
    const reservation = await budget.reserve(call);
    if (!('settle' in reservation)) throw new Error('refused');
    if (usage !== undefined) await reservation.settle(usage);
  };
  await spend(reading, READ, { inputTokens: 200, outputTokens: 25 });
  await spend(reading, READ, { inputTokens: 1_000, outputTokens: 750 });
  await spend(reading, READ);
  await spend(searching, EMBED, { inputTokens: 500, outputTokens: null });
  return root;
}

async function shown(root: string, ...args: string[]): Promise<BudgetSummary> {
  const { code, out } = await runCli(['budget', 'show', '--json', ...args], root);
  expect(code).toBe(0);
  return budgetSummarySchema.parse(JSON.parse(out));
}

test('caps, what is left of the day, and estimates beside settlements', async () => {
  const summary = await shown(await spentWorkspace());
  expect(summary).toMatchObject({ caps: { per_day_usd: 1, per_command_usd: { 'eval longmemeval': 0.5 } }, run_id: null });
  expect(summary.price_table).toEqual({ version: 'spring', date: '2026-03-02', models: 2 });
  expect(summary.total).toEqual({
    calls: 4,
    estimated_usd: 0.009,
    settled_usd: 0.0053,
    open_calls: 1,
    set_aside_usd: 0.004,
    spent_usd: 0.0093,
    input_tokens: 1_700,
    output_tokens: 775,
  });
  expect(summary.today).toMatchObject({ spent_usd: 0.0093, left_usd: 0.9907 });
});

test('by day, command, lane, model and run', async () => {
  const summary = await shown(await spentWorkspace());
  const spent = (sums: BudgetSummary['by_run']) => sums.map(({ name, spent_usd: usd }) => [name, usd]);
  expect(spent(summary.by_run)).toEqual([
    ['tide-1', 0.0083],
    ['tide-2', 0.001],
  ]);
  expect(spent(summary.by_command)).toEqual([
    ['eval longmemeval', 0.0083],
    ['search query', 0.001],
  ]);
  expect(spent(summary.by_lane)).toEqual([
    ['embedding', 0.001],
    ['reader', 0.0083],
  ]);
  expect(spent(summary.by_model)).toEqual([
    ['pilot', 0.0083],
    ['scale', 0.001],
  ]);
  expect(summary.by_day).toHaveLength(1);
});

test('--run shows one run, whenever it was; the day stays that of all', async () => {
  const summary = await shown(await spentWorkspace(), '--run', 'tide-2');
  expect(summary).toMatchObject({ run_id: 'tide-2', from: null, total: { calls: 1, spent_usd: 0.001 }, today: { spent_usd: 0.0093 } });
  expect(await shown(await spentWorkspace(), '--run', 'tide-9')).toMatchObject({ total: { calls: 0, spent_usd: 0 } });
});

test('--days looks back, today included; a number that is none is refused', async () => {
  const root = await spentWorkspace();
  expect((await shown(root, '--days', '1')).from).toBe(new Date().toISOString().slice(0, 10));
  expect((await shown(root, '--days', '999999999')).from).toBeNull();
  for (const days of ['0', '-1', '1.5', 'week']) expect((await runCli(['budget', 'show', '--days', days], root)).code).toBe(2);
});

test('for people: what counts, and a table for each way to look at it', async () => {
  const { out } = await runCli(['budget', 'show'], await spentWorkspace());
  expect(out).toContain('cap of a day  $1.00');
  expect(out).toContain('$0.0093 spent, of which $0.004 set aside for 1 call; $0.991 left');
  expect(out).toMatch(/^reader +3 +\$0\.008 +\$0\.0043 +\$0\.004 +1200 +775$/m);
  expect(out).toContain('set aside is what was never settled, and counts in full');
});

test('where nothing was spent it says so and makes nothing', async () => {
  const root = temporaryFolder({ 'lauter.config.json': '{}' });
  const { code, out } = await runCli(['budget', 'show'], root);
  expect(code).toBe(0);
  expect(out).toContain('nothing was spent');
  expect(existsSync(join(root, 'ledger'))).toBe(false);
});

test('a ledger that was edited is told with its line and what to do: exit 2', async () => {
  const root = await spentWorkspace();
  const path = join(root, 'ledger', 'budget.jsonl');
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, lines.map((line, at) => (at === 1 ? line.replace('"nano_usd":300000', '"nano_usd":3') : line)).join('\n'));
  const { code, out, err } = await runCli(['budget', 'show', '--json'], root);
  expect(code).toBe(2);
  expect(err).toContain('line 2');
  expect(err).toMatch(/copy/);
  expect(JSON.parse(out)).toHaveProperty('error');
});
