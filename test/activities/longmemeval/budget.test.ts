import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openBudget } from '../../../worker/open-budget.ts';
import { budgetRowSchema, type BudgetRow } from '../../../schemas/budget-row.ts';
import { costSettingsSchema, type CostSettings } from '../../../schemas/cost-settings.ts';
import { makeLongMemEvalDesk, type LongMemEvalDesk } from '../../support/longmemeval-run.ts';
import { lmeBudget, lmeSettings } from '../../support/longmemeval-settings.ts';
import { taleQuestions } from '../../support/longmemeval-tales.ts';
import { startModelServer, type ModelServer } from '../../support/model-server/model-server.ts';
import type { ModelServerScript } from '../../support/model-server/script.ts';

/** 1,000 tokens at $4 a million: each call reserves .004 and, where the server says that it used as many, settles .004. */
const PRICES = {
  'harbour-8b': { input_per_million: 0, output_per_million: 4 },
  'judge-70b': { input_per_million: 0, output_per_million: 7.8125 },
};
const COST = costSettingsSchema.parse({ prices: PRICES });
const MAX_TOKENS = 1_000;
const USED = { prompt_tokens: 50, completion_tokens: MAX_TOKENS };

async function serve(script: Partial<ModelServerScript> = {}): Promise<ModelServer> {
  const server = await startModelServer({ models: [], usage: USED, ...script });
  onTestFinished(() => server.close());
  return server;
}

function readerAt({ url }: ModelServer) {
  return { base_url: url, model: 'harbour-8b', api_key_env: null, mode: 'direct', max_tokens: MAX_TOKENS } as const;
}

function judgeAt({ url }: ModelServer) {
  return { base_url: url, model: 'judge-70b', api_key_env: null };
}

function tales(desk: LongMemEvalDesk, count: number): string {
  return desk.file('tales.json', JSON.stringify(taleQuestions(count)));
}

function ledgerOf({ root }: LongMemEvalDesk): BudgetRow[] {
  const lines = readFileSync(join(root, 'workspace', 'ledger', 'budget.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1);
  return lines.map((line) => budgetRowSchema.parse(JSON.parse(line)));
}

/** US dollars of calls: settled, or all that was set aside where nothing was settled. */
function spentIn(desk: LongMemEvalDesk): number {
  const spent = new Map(ledgerOf(desk).map(({ reservation, nano_usd }) => [reservation, nano_usd]));
  return [...spent.values()].reduce((sum, nano) => sum + nano, 0) / 1e9;
}

const budgetOf = (runId: string, capUsd: number | null, cost: CostSettings = COST) => ({
  run_id: runId,
  budget: lmeBudget(runId, cost, capUsd),
});

describe('BUD-1: a cap of .01 and calls of .004, three workers at once', () => {
  test.each([
    [0.01, 2],
    [0.012, 3],
    [0.0039, 0],
    [0, 0],
  ])('under $%d exactly %i calls are made, and the other questions are skipped', async (capUsd, calls) => {
    const desk = makeLongMemEvalDesk();
    const server = await serve();
    const run = { settings: lmeSettings({ reader: readerAt(server) }), ...budgetOf('tight', capUsd) };
    const { result, report, rows } = await desk.run(tales(desk, 24), run, {}, 3);
    expect(server.seen).toHaveLength(calls);
    expect(result).toMatchObject({ verdict: 'over_budget', exit_code: 2 });
    expect(report.outcomes).toMatchObject({ scored: calls, skipped_budget: 24 - calls });
    expect(report.cost).toEqual({ estimated_usd: null, settled_usd: calls * 0.004, cap_usd: capUsd, price_table: 'unversioned' });
    expect(report.usage.cost_usd).toBe(calls * 0.004);
    expect(report.reasons.join()).toContain(`${24 - calls} questions were not done, because the budget was used up`);
    const skipped = rows.find(({ outcome }) => outcome === 'skipped_budget');
    expect(skipped).toMatchObject({ hypothesis: '', error: expect.stringMatching(/paying for reader, on the model harbour-8b/) as string });
  });

  test('without a cap, or with one that is high enough, all are made', async () => {
    const desk = makeLongMemEvalDesk();
    const server = await serve();
    const settings = lmeSettings({ reader: readerAt(server) });
    expect((await desk.run(tales(desk, 5), { settings, ...budgetOf('free', null) }, {}, 3)).result.exit_code).toBe(0);
    expect((await desk.run(tales(desk, 5), { settings, ...budgetOf('wide', 0.02) }, {}, 3)).result.exit_code).toBe(0);
    expect(server.seen).toHaveLength(10);
    expect(spentIn(desk)).toBe(0.04);
  });
});

test('the cap of a day is shared by two runs, whatever their own allow', async () => {
  const desk = makeLongMemEvalDesk();
  const server = await serve();
  const daily = costSettingsSchema.parse({ prices: PRICES, per_day_usd: 0.01 });
  const settings = lmeSettings({ reader: readerAt(server) });
  const first = await desk.run(tales(desk, 1), { settings, ...budgetOf('morning', 5, daily) });
  expect(first.result.exit_code).toBe(0);
  const second = await desk.run(tales(desk, 3), { settings, ...budgetOf('evening', 5, daily) });
  expect(second.report.outcomes).toMatchObject({ scored: 1, skipped_budget: 2 });
  expect(second.rows.at(-1)?.error).toContain('under the cap of $0.01 of the day (UTC)');
  expect(server.seen).toHaveLength(2);
});

describe('what is settled', () => {
  test('is what the server says, also above what was set aside: then the next call finds less room', async () => {
    const desk = makeLongMemEvalDesk();
    const server = await serve({ usage: { prompt_tokens: 50, completion_tokens: 2 * MAX_TOKENS } });
    const run = { settings: lmeSettings({ reader: readerAt(server) }), ...budgetOf('long-winded', 0.01) };
    const { rows, report } = await desk.run(tales(desk, 2), run);
    expect(rows[0]).toMatchObject({ cost_usd: 0.008, usage: { input_tokens: 50, output_tokens: 2_000 } });
    expect(rows[1]).toMatchObject({ outcome: 'skipped_budget' });
    expect(report.cost.settled_usd).toBe(0.008);
  });

  test('is less than was set aside where less was used, and what is left pays for more', async () => {
    const desk = makeLongMemEvalDesk();
    const server = await serve({ usage: { prompt_tokens: 50, completion_tokens: MAX_TOKENS / 4 } });
    const run = { settings: lmeSettings({ reader: readerAt(server) }), ...budgetOf('terse', 0.01) };
    const { rows } = await desk.run(tales(desk, 9), run);
    // Seven of .001 leave .003, which is not enough to set .004 aside.
    expect(rows.filter(({ outcome }) => outcome === 'scored')).toHaveLength(7);
    expect(spentIn(desk)).toBe(0.007);
  });

  test('is all that was set aside for a reply that is lost, and a second attempt is paid for again', async () => {
    const desk = makeLongMemEvalDesk();
    const server = await serve({ faults: [{ path: 'chat', from: 1, to: 1, does: { kind: 'reset' } }] });
    const run = { settings: lmeSettings({ reader: readerAt(server) }), ...budgetOf('foggy', 0.01) };
    const { rows } = await desk.run(tales(desk, 2), run, { wait: async () => undefined });
    expect(server.seen).toHaveLength(2);
    expect(rows[0]).toMatchObject({ outcome: 'scored', cost_usd: 0.008 });
    expect(rows[1]).toMatchObject({ outcome: 'skipped_budget' });
    expect(ledgerOf(desk).map(({ kind }) => kind)).toEqual(['reserve', 'settle', 'reserve', 'settle']);
  });

  test('is nothing where nobody listens', async () => {
    const desk = makeLongMemEvalDesk();
    const server = await serve();
    await server.close();
    const run = { settings: lmeSettings({ reader: readerAt(server) }), ...budgetOf('deserted', 0.01) };
    const { rows } = await desk.run(tales(desk, 2), run, { wait: async () => undefined });
    expect(rows.map(({ outcome }) => outcome)).toEqual(['harness_error', 'harness_error']);
    expect(spentIn(desk)).toBe(0);
  });

  test('a retry that a cap forbids is not made', async () => {
    const desk = makeLongMemEvalDesk();
    const server = await serve({ faults: [{ path: 'chat', from: 1, does: { kind: 'status', status: 503 } }] });
    const run = { settings: lmeSettings({ reader: readerAt(server) }), ...budgetOf('stormy', 0.009) };
    const { rows } = await desk.run(tales(desk, 1), run, { wait: async () => undefined });
    expect(server.seen).toHaveLength(2);
    expect(rows[0]).toMatchObject({ outcome: 'skipped_budget' });
  });
});

test('going on with a run that ran out of money pays for what is left alone: an answer that was not judged is not asked for again', async () => {
  const desk = makeLongMemEvalDesk();
  const [reader, judge] = [await serve(), await serve({ usage: { prompt_tokens: 50, completion_tokens: 512 } })];
  const settings = lmeSettings({ reader: readerAt(reader), judge: judgeAt(judge) });
  const dataset = tales(desk, 3);
  // Two answers, and one verdict.
  const first = await desk.run(dataset, { settings, ...budgetOf('before', 0.013) });
  expect([reader.seen.length, judge.seen.length]).toEqual([2, 1]);
  expect(first.rows.map(({ outcome }) => outcome)).toEqual(['scored', 'skipped_budget', 'skipped_budget']);
  expect(first.rows[1]?.error).toContain('paying for judge');
  const second = await desk.run(dataset, { settings, resume_from: desk.output, ...budgetOf('after', 1) });
  expect(second.result.exit_code).toBe(0);
  expect([reader.seen.length, judge.seen.length]).toEqual([3, 3]);
  expect(second.rows.map(({ cost_usd: usd }) => usd)).toEqual([0.008, 0.008, 0.008]);
  // The run itself paid for one answer and two verdicts; the rows also hold what was paid before.
  expect(second.report).toMatchObject({ cost: { settled_usd: 0.012 }, usage: { cost_usd: 0.024 } });
  expect(spentIn(desk)).toBe(0.024);
});

test('a model without a price ends the run before it is asked', async () => {
  const desk = makeLongMemEvalDesk();
  const server = await serve();
  const run = { settings: lmeSettings({ reader: readerAt(server) }), ...budgetOf('nameless', 5, costSettingsSchema.parse({})) };
  await expect(desk.run(tales(desk, 1), run)).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringContaining('harbour-8b') as string,
  });
  expect(server.seen).toEqual([]);
});

describe('vectors from a server', () => {
  const embedders = (base_url: string) => ({
    embedder: 'pier',
    embedders: { pier: { kind: 'openai', base_url, model: 'embed-small', dimensions: 64, batch_size: 64 } as const },
  });
  const vectorRun = (server: ModelServer) => {
    const { retrieval } = lmeSettings();
    return lmeSettings({ retrieval: { ...retrieval, strategy: 'hybrid', search: { ...retrieval.search, ...embedders(server.url) } } });
  };
  /** $10 a million: the server counts 100 tokens a call, which is .001. */
  const priced = costSettingsSchema.parse({ prices: { 'embed-small': { input_per_million: 10 } } });

  test('are paid for, question by question; those of haystacks once', async () => {
    const desk = makeLongMemEvalDesk();
    const server = await serve({ usage: { prompt_tokens: 100 } });
    const { rows, report } = await desk.run(tales(desk, 2), { settings: vectorRun(server), ...budgetOf('vectors', 1, priced) });
    // Both questions have the same sessions: one call for all of them, one for each question.
    expect(rows.map(({ cost_usd: usd }) => usd)).toEqual([0.002, 0.001]);
    expect(report.cost.settled_usd).toBe(0.003);
    expect(server.seen.map(({ path }) => path)).toEqual(['embeddings', 'embeddings', 'embeddings']);
  });

  test('that may not be paid for skip the question: it is never searched by words alone instead', async () => {
    const desk = makeLongMemEvalDesk();
    const server = await serve({ usage: { prompt_tokens: 100 } });
    const { rows, result } = await desk.run(tales(desk, 2), { settings: vectorRun(server), ...budgetOf('vectors', 0.0001, priced) });
    expect(server.seen).toEqual([]);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['skipped_budget', 'skipped_budget']);
    expect(result).toMatchObject({ verdict: 'over_budget', exit_code: 2 });
  });

  test('are not made, and not paid for, where words alone are searched', async () => {
    const desk = makeLongMemEvalDesk();
    const server = await serve();
    const { retrieval } = lmeSettings();
    const settings = lmeSettings({ retrieval: { ...retrieval, search: { ...retrieval.search, ...embedders(server.url) } } });
    const { result } = await desk.run(tales(desk, 2), { settings, ...budgetOf('words', 0, costSettingsSchema.parse({})) });
    expect(result.exit_code).toBe(0);
    expect(server.seen).toEqual([]);
  });
});

test('what a run has spent stays spent when its work is taken up by another process', async () => {
  const desk = makeLongMemEvalDesk();
  const server = await serve();
  const { run } = await desk.run(tales(desk, 1), { settings: lmeSettings({ reader: readerAt(server) }), ...budgetOf('long', 0.01) });
  const { run_id: runId, command, cap_usd: capUsd } = run.budget.answers;
  const later = openBudget({ root: join(desk.root, 'workspace'), runId, command, capUsd, settings: COST });
  expect(await later.spentUsd()).toBe(0.004);
});
