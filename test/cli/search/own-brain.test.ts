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
