import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { budgetRowSchema, type BudgetRow } from '../../../schemas/budget-row.ts';
import type { SearchResponse } from '../../../schemas/search-response.ts';
import { startModelServer } from '../../support/model-server/model-server.ts';
import { runCli, type CliOutcome } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** $10 a million: 100 tokens, which the server says that each call used, are .001. What is set aside goes by bytes. */
const PRICES = { 'embed-small': { input_per_million: 10 } };
const NOTES = [
  'The tide rises at six.',
  'Grain is milled at high tide.',
  'Quinces grow behind the boathouse.',
  'The ferry leaves at seven.',
];

/** A workspace with four pages, whose vectors a server makes two at a time, and commands run in it. */
async function desk(cost: object = { prices: PRICES }, search: object = {}) {
  const server = await startModelServer({ models: [], usage: { prompt_tokens: 100 } });
  onTestFinished(() => server.close());
  const pages = Object.fromEntries(NOTES.map((text, at) => [`notes/page-${at}.md`, `# Page ${at}\n\n${text}\n`]));
  const qrels = { schema_version: 1, queries: [{ query_id: 'q1', query: 'when does the ferry leave?', relevant_slugs: ['page-3'] }] };
  const cwd = temporaryFolder({ ...pages, 'qrels.json': JSON.stringify(qrels) });
  const configure = (costs: object): void => {
    const embedders = { pier: { kind: 'openai', base_url: server.url, model: 'embed-small', dimensions: 64, batch_size: 2 } };
    const config = { search: { embedder: 'pier', embedders, collection: 'notes', ...search }, cost: costs };
    writeFileSync(join(cwd, 'lauter.config.json'), JSON.stringify(config));
  };
  configure(cost);
  const run = (...args: string[]): Promise<CliOutcome> => runCli(args, cwd);
  return {
    server,
    configure,
    run,
    index: () => run('search', 'index', 'notes', '--from', 'notes'),
    query: (...args: string[]) => run('search', 'query', 'notes', 'when does the ferry leave?', ...args),
    ledger: (): BudgetRow[] => {
      const path = join(cwd, 'ledger', 'budget.jsonl');
      if (!existsSync(path)) return [];
      const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
      return lines.map((line) => budgetRowSchema.parse(JSON.parse(line)));
    },
  };
}

const settledIn = (rows: readonly BudgetRow[]): number =>
  rows.filter(({ kind }) => kind === 'settle').reduce((sum, { nano_usd }) => sum + nano_usd, 0) / 1e9;

describe('indexing', () => {
  test('is paid for call by call, and the ledger says by what command', async () => {
    const { index, ledger, server } = await desk();
    expect((await index()).code).toBe(0);
    expect(server.seen).toHaveLength(2);
    expect(ledger()).toMatchObject([
      { kind: 'reserve', command: 'search index', lane: 'embedding', model: 'embed-small' },
      { kind: 'settle', nano_usd: 1_000_000, input_tokens: 100 },
      { kind: 'reserve', run_id: expect.stringMatching(/^search-index-/) as string },
      { kind: 'settle', nano_usd: 1_000_000 },
    ]);
  });

  test('stops with 2 where its cap is reached; vectors that were made are not paid for again', async () => {
    const capped = (usd: number) => ({ prices: PRICES, per_command_usd: { 'search index': usd } });
    // Two texts come to some 200 bytes with what stands around them, so to at most .0025.
    const { index, configure, server, ledger } = await desk(capped(0.003));
    const stopped = await index();
    expect(stopped.code).toBe(2);
    expect(stopped.err).toMatch(/paying for embedding, on the model embed-small[^]*cost\.per_command_usd/);
    expect(server.seen).toHaveLength(1);
    configure(capped(0.1));
    expect((await index()).code).toBe(0);
    expect(server.seen.flatMap(({ body }) => body['input'])).toHaveLength(NOTES.length);
    expect(settledIn(ledger())).toBe(0.002);
  });

  test('a model without a price is not asked: 2, and the line to add; one that costs nothing leaves no row', async () => {
    const { index, configure, server, ledger } = await desk({});
    const refused = await index();
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`lauter config set 'cost.prices["embed-small"]'`);
    expect(server.seen).toEqual([]);
    configure({ prices: { 'embed-small': { input_per_million: 0 } } });
    expect((await index()).code).toBe(0);
    expect(ledger()).toEqual([]);
  });
});

describe('searching', () => {
  test('goes on by words where the vector may not be paid for, and says why', async () => {
    const { index, query, configure, server } = await desk();
    await index();
    configure({ prices: PRICES, per_command_usd: { 'search query': 0 } });
    const calls = server.seen.length;
    const { code, out, err } = await query('--json');
    expect(code).toBe(0);
    const { results, meta } = JSON.parse(out) as SearchResponse;
    expect(results.map(({ slug }) => slug)).toContain('page-3');
    expect(meta).toMatchObject({ degraded: ['embedding_failed'], vector_enabled: false });
    expect(err).toContain('paying for embedding, on the model embed-small');
    expect(server.seen).toHaveLength(calls);
  });

  test('without a cap is paid for and recorded', async () => {
    const { index, query, ledger } = await desk();
    await index();
    const { out } = await query('--json');
    expect((JSON.parse(out) as SearchResponse).meta).toMatchObject({ degraded: [], vector_enabled: true });
    expect(ledger().at(-2)).toMatchObject({ kind: 'reserve', command: 'search query' });
  });

  test('with a model without a price ends with 2; by words alone it asks no model', async () => {
    const { index, query, configure } = await desk();
    await index();
    configure({});
    const refused = await query();
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('"embed-small"');
    expect((await query('--keyword-only')).code).toBe(0);
  });

  test('an evaluation is over its budget instead: 2, never by words alone', async () => {
    const { index, run, configure } = await desk();
    await index();
    const evaluate = () => run('eval', 'qrels', '--qrels', 'qrels.json');
    expect((await evaluate()).code).toBe(0);
    configure({ prices: PRICES, per_command_usd: { 'eval qrels': 0.0001 } });
    const { code, err } = await evaluate();
    expect(code).toBe(2);
    expect(err).toMatch(/paying for embedding[^]*under the cap of \$0\.0001 of this run/);
    configure({ prices: PRICES, per_command_usd: { 'eval gate': 0 } });
    const gate = await run('eval', 'gate', '--qrels', 'qrels.json', '--json');
    expect(gate.code).toBe(2);
    expect(gate.out).toContain('paying for embedding, on the model embed-small');
  });
});

test('the cap of a day holds for all commands together', async () => {
  const daily = { prices: PRICES, per_day_usd: 0.0045 };
  const { index, query, ledger } = await desk(daily);
  expect((await index()).code).toBe(0);
  const answers = [await query('--json'), await query('--json'), await query('--json')];
  const degraded = answers.map(({ out }) => (JSON.parse(out) as SearchResponse).meta.degraded);
  expect(degraded[0]).toEqual([]);
  expect(degraded[2]).toEqual(['embedding_failed']);
  expect(settledIn(ledger())).toBeLessThanOrEqual(0.0045);
});
