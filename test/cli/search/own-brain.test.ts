import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startHttpBrain } from '../../support/brain/http-brain.ts';
import { startMcpHttpBrain } from '../../support/brain/mcp-http.ts';
import { commandBrain, mcpBrain } from '../../support/brain/open-brain.ts';
import { findPassages } from '../../support/brain/shelves.mjs';
import { runCli, type CliOutcome } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const BRAINS = join(import.meta.dirname, '../../support/brain');
const FIELDS = { source_id: '$.source_id', title: '$.title', text: '$.text', score: '$.score' };
const ENV = { PATH: process.env.PATH };

/** Two queries whose right answers the brains find first, and one whose right answer they find second. */
const QRELS = {
  schema_version: 1,
  queries: [
    { query_id: 'light', query: 'green light', relevant: [{ source_id: 'harbour', slug: 'harbour/lights' }] },
    { query_id: 'hives', query: 'hives', relevant: [{ source_id: 'orchard', slug: 'orchard/bees' }] },
    { query_id: 'pruned', query: 'apple trees', relevant: [{ source_id: 'orchard', slug: 'orchard/pruning' }] },
  ],
};

const ENTRIES: Readonly<Record<string, () => Promise<object>>> = {
  'a stub behind HTTP': async () => {
    const brain = await startHttpBrain(({ text }) => {
      const { query, limit } = JSON.parse(text) as { query: string; limit: number };
      return { results: findPassages(query, limit) };
    });
    return { kind: 'http', url: brain.url, ...FIELDS };
  },
  'a program': () => Promise.resolve({ kind: 'command', command: commandBrain('well') }),
  'an MCP server over standard streams': () => Promise.resolve({ kind: 'mcp', command: mcpBrain(), tool: 'search', ...FIELDS }),
  'an MCP server over HTTP': async () => ({ kind: 'mcp', url: (await startMcpHttpBrain()).url, tool: 'search', ...FIELDS }),
};

/** Runs a command line in a workspace whose config knows one engine, `brain`. The config stands beside the programs, which are named from there. */
async function run(entry: object, args: readonly string[]): Promise<CliOutcome> {
  const command = (entry as { readonly command?: readonly string[] }).command?.map((word) =>
    /^(?:command-brain|mcp-program)[.]/.test(word) ? join(BRAINS, word) : word,
  );
  const brain = { ...entry, ...(command === undefined ? {} : { command }) };
  const folder = temporaryFolder({
    'lauter.config.json': JSON.stringify({ search: { retrievers: { brain } } }),
    'coast.qrels.json': JSON.stringify(QRELS),
  });
  return runCli([...args, '--workspace', folder, '--retriever', 'brain', '--json'], folder, { env: ENV });
}

describe.each(Object.entries(ENTRIES))('%s', (_, open) => {
  test('is searched', async () => {
    const { code, out } = await run(await open(), ['search', 'query', 'coast', 'apple trees']);
    expect(code).toBe(0);
    const { results } = JSON.parse(out) as { results: { key: string; rank: number }[] };
    expect(results.map(({ key, rank }) => [rank, key])).toEqual([
      [1, 'orchard::orchard/bees'],
      [2, 'orchard::orchard/pruning'],
    ]);
  });

  test('is measured by judgments', async () => {
    const { code, out } = await run(await open(), [
      'eval',
      'qrels',
      '--qrels',
      'coast.qrels.json',
      '--collection',
      'coast',
      '--metrics',
      'R@5,MRR',
    ]);
    const { num_q, metrics } = JSON.parse(out) as { num_q: number; metrics: Record<string, number> };
    expect(code).toBe(0);
    expect(num_q).toBe(3);
    expect(metrics['R@5']).toBe(1);
    expect(metrics['MRR']).toBeCloseTo((1 + 1 + 1 / 2) / 3, 12);
  });

  test('is held against a floor and a baseline', async () => {
    const { code, out } = await run(await open(), ['eval', 'gate', '--qrels', 'coast.qrels.json', '--collection', 'coast']);
    const { verdict, correctness_gate: gate } = JSON.parse(out) as {
      verdict: string;
      correctness_gate: { summary: { first_relevant_hit_rate: number } };
    };
    expect([code, verdict]).toEqual([0, 'pass']);
    expect(gate.summary.first_relevant_hit_rate).toBeCloseTo(2 / 3, 12);
  });
});

describe('the loop on an engine of somebody’s own', () => {
  const captured = (query: string, slugs: readonly string[], source: string): string =>
    JSON.stringify({ schema_version: 1, tool_name: 'query', query, retrieved_slugs: slugs, source_ids: [source], latency_ms: 400 });

  /** Publishes captured rows as a baseline and holds the program against it. */
  async function gate(
    rows: readonly string[],
  ): Promise<{ readonly code: number; readonly jaccard: number; readonly breaches: readonly string[] }> {
    const folder = temporaryFolder({ 'captured.ndjson': `${rows.join('\n')}\n` });
    const [from, to] = [join(folder, 'captured.ndjson'), join(folder, 'coast.baseline.ndjson')];
    const published = await runCli(['eval', 'publish', '--from', from, '--to', to, '--workspace', folder, '--json'], folder, { env: ENV });
    expect(published.code).toBe(0);
    const entry = await ENTRIES['a program']!();
    const { code, out } = await run(entry, ['eval', 'gate', '--baseline', to, '--collection', 'coast']);
    const { regression_gate: regression } = JSON.parse(out) as {
      regression_gate: { summary: { mean_jaccard_strict: number }; breaches?: { metric: string }[] };
    };
    return { code, jaccard: regression.summary.mean_jaccard_strict, breaches: (regression.breaches ?? []).map(({ metric }) => metric) };
  }

  const LIGHT = captured('green light', ['harbour/lights'], 'harbour');

  test('passes while it answers as it was captured', async () => {
    const rows = [LIGHT, captured('apple trees', ['orchard/bees', 'orchard/pruning'], 'orchard')];
    expect(await gate(rows)).toEqual({ code: 0, jaccard: 1, breaches: [] });
  });

  test('fails once it answers otherwise', async () => {
    // One of two pages of the second row has stayed: (1 + 1/3) / 2.
    const rows = [LIGHT, captured('apple trees', ['orchard/cellar', 'orchard/pruning'], 'orchard')];
    const { code, jaccard, breaches } = await gate(rows);
    expect(code).toBe(1);
    expect(jaccard).toBeCloseTo(2 / 3, 12);
    expect(breaches).toEqual(['mean_jaccard', 'top1_stability_rate']);
  });
});

test('an engine that fails is no engine that found nothing', async () => {
  const { code, out } = await run({ kind: 'command', command: commandBrain('crash') }, [
    'eval',
    'gate',
    '--qrels',
    'coast.qrels.json',
    '--collection',
    'coast',
  ]);
  expect(code).toBe(1);
  expect(
    (JSON.parse(out) as { correctness_gate: { breaches: { metric: string }[] } }).correctness_gate.breaches.map(({ metric }) => metric),
  ).toContain('queries_errored');
});
