import { beforeEach, expect, test, vi } from 'vitest';
import type { GateReport } from '../../../schemas/gate-report.ts';
import type { QrelsReport } from '../../../schemas/qrels-report.ts';
import type { SearchResponse } from '../../../schemas/search-response.ts';
import { makeLongMemEvalDesk } from '../../support/longmemeval-run.ts';
import { asJsonLines, taleQuestions } from '../../support/longmemeval-tales.ts';
import { runCli } from '../../support/run-cli.ts';
import { responseOf } from '../../support/scripted-retriever.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Whether the entry point that users call is replaced by one that finds nothing, and what that was asked. */
const stub = vi.hoisted(() => ({ isIn: false, asked: [] as string[] }));

vi.mock('../../../activities/search/search-collection.ts', async (original) => {
  const entry = await original<typeof import('../../../activities/search/search-collection.ts')>();
  return {
    searchCollection: (...given: Parameters<typeof entry.searchCollection>) => {
      if (!stub.isIn) return entry.searchCollection(...given);
      stub.asked.push(given[2].query);
      return Promise.resolve(responseOf(given[2], []));
    },
  };
});

const PAGES = [
  { slug: 'quay', title: 'Quay', text: 'The harbour office stands on the north quay.' },
  { slug: 'orchard', title: 'Orchard', text: 'Apples are picked in October.' },
];
const QUERY = 'when are apples picked';
const QRELS = { schema_version: 1, queries: [{ query_id: 'apples', query: QUERY, relevant_slugs: ['orchard'] }] };

/** Runs a command in a workspace with these pages and prints JSON. */
async function ask<Answer>(...args: readonly string[]): Promise<Answer> {
  const root = temporaryFolder({ 'pages.jsonl': asJsonLines(PAGES), 'village.qrels.json': JSON.stringify(QRELS) });
  const indexed = await runCli(['search', 'index', 'village', '--from', 'pages.jsonl', '--workspace', root], root);
  expect(indexed.code, indexed.err).toBe(0);
  const { out, code, err } = await runCli([...args, '--json', '--workspace', root], root);
  expect(code, err).not.toBe(2);
  return JSON.parse(out) as Answer;
}

beforeEach(() => {
  stub.isIn = false;
  stub.asked.length = 0;
});

/** What each way to search says it found, with the entry point and without it. */
const WAYS: Readonly<Record<string, () => Promise<number>>> = {
  'search query': async () => (await ask<SearchResponse>('search', 'query', 'village', QUERY)).results.length,
  'eval qrels': async () => {
    const { metrics } = await ask<QrelsReport>('eval', 'qrels', '--collection', 'village', '--qrels', 'village.qrels.json');
    return Object.values(metrics).reduce<number>((sum, value) => sum + (value ?? 0), 0);
  },
  'eval gate': async () => {
    const { correctness_gate: gate } = await ask<GateReport>('eval', 'gate', '--collection', 'village', '--qrels', 'village.qrels.json');
    return gate.summary?.mean_recall_at_k_strict ?? 0;
  },
  'eval longmemeval': async () => {
    const desk = makeLongMemEvalDesk();
    const { rows } = await desk.run(desk.file('tales.jsonl', asJsonLines(taleQuestions(3))));
    return rows.filter(({ recall_hit: isHit }) => isHit).length;
  },
};

test.each(Object.entries(WAYS))('%s finds nothing once the entry point is taken out', async (_way, find) => {
  expect(await find()).toBeGreaterThan(0);
  expect(stub.asked).toEqual([]);
  stub.isIn = true;
  expect(await find()).toBe(0);
  expect(stub.asked.length).toBeGreaterThan(0);
});
