import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { longMemEvalReportSchema, type LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import { startLauter, type Ended } from '../support/lauter-command.ts';
import { asJsonLines, taleQuestions } from '../support/longmemeval-tales.ts';
import { startModelServer, type ModelServer } from '../support/model-server/model-server.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';

const QUESTIONS = 24;
let space: TestSpace;
let server: ModelServer;
let workspace: string;

beforeAll(async () => {
  space = makeTestSpace();
  server = await startModelServer({ models: [], usage: { prompt_tokens: 0, completion_tokens: 1_000 } });
  workspace = space.workspace({
    engine: { threads: 3 },
    eval: { reader: { base_url: server.url, model: 'harbour-8b' } },
    // 1,000 tokens at $4 a million: each call reserves and settles .004.
    cost: { prices: { 'harbour-8b': { input_per_million: 0, output_per_million: 4 } } },
  });
  writeFileSync(join(space.root, 'tales.jsonl'), asJsonLines(taleQuestions(QUESTIONS)));
});
afterAll(async () => {
  await server.close();
  await space.clear();
});

function lme(...args: readonly string[]): Promise<Ended> {
  const fixed = [
    '--keyword-only',
    '--reader-max-tokens',
    '1000',
    '--output',
    'rows.jsonl',
    '--json',
    '--keep-server',
    '--workspace',
    workspace,
  ];
  return startLauter(['eval', 'longmemeval', 'tales.jsonl', ...fixed, ...args], { cwd: space.root }).ended;
}

const reportOf = ({ out }: Ended): LongMemEvalReport => longMemEvalReportSchema.parse(JSON.parse(out));

function outcomes(): string[] {
  const lines = readFileSync(join(space.root, 'rows.jsonl'), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => (JSON.parse(line) as { outcome: string }).outcome);
}

test('BUD-1: three at once under $0.01 make two calls of .004; --yes begins and does not lift the cap; going on pays for the rest alone', async () => {
  const asked = await lme('--max-usd', '0.01');
  expect([asked.code, server.seen.length]).toEqual([2, 0]);
  expect(asked.err).toMatch(/expected at most \$0\.01, found \$0\.09/);

  const stopped = await lme('--max-usd', '0.01', '--yes');
  expect(stopped.code, stopped.err).toBe(2);
  expect(server.seen).toHaveLength(2);
  expect(reportOf(stopped)).toMatchObject({
    verdict: 'over_budget',
    outcomes: { scored: 2, skipped_budget: QUESTIONS - 2 },
    cost: { estimated_usd: 0.096, settled_usd: 0.008, cap_usd: 0.01 },
  });
  expect(outcomes().filter((outcome) => outcome === 'scored')).toHaveLength(2);

  const rest = await lme('--max-usd', '1', '--resume-from', 'rows.jsonl');
  expect(rest.code, rest.err).toBe(0);
  expect(server.seen).toHaveLength(QUESTIONS);
  expect(reportOf(rest)).toMatchObject({ verdict: 'accepted', reused: 2, cost: { settled_usd: 0.088 }, usage: { cost_usd: 0.096 } });
});
