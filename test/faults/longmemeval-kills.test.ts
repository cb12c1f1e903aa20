import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../domain/shared/random.ts';
import { budgetRowSchema, type BudgetRow } from '../../schemas/budget-row.ts';
import type { LongMemEvalReadRow } from '../../schemas/longmemeval-rows.ts';
import { loggedCalls } from '../support/bench-harbor.ts';
import { until } from '../support/engine-client.ts';
import { askedAgain, killAgainAndAgain } from '../support/kill-evaluation.ts';
import { startLauter, type LauterCommand } from '../support/lauter-command.ts';
import { asJsonLines, taleQuestions } from '../support/longmemeval-tales.ts';
import { startModelServer, type ModelServer } from '../support/model-server/model-server.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { temporariesIn } from '../support/workspace-facts.ts';

const SEED = Number(process.env['LAUTER_EVAL_KILL_SEED'] ?? Date.now() % 1_000_000);
const QUESTIONS = 60;

/** A workspace with a reader that takes its time, and a dataset beside it. */
interface Scene {
  readonly space: TestSpace;
  readonly workspace: string;
  readonly requestLog: string;
  readonly output: string;
  lme(...more: readonly string[]): LauterCommand;
  rows(): LongMemEvalReadRow[];
}

const open: { close(): Promise<void> }[] = [];

async function setScene(waitMs: number): Promise<Scene> {
  const space = makeTestSpace();
  const requestLog = join(space.root, 'requests.jsonl');
  writeFileSync(requestLog, '');
  const server: ModelServer = await startModelServer({
    models: [{ id: 'harbour-8b' }],
    requestLog,
    faults: [{ path: 'chat', from: 1, does: { kind: 'wait', ms: waitMs } }],
  });
  open.push(server, { close: () => space.clear() });
  const workspace = space.workspace({
    engine: { heartbeat_timeout_s: 1 },
    eval: { reader: { base_url: server.url, model: 'harbour-8b' } },
    // Far below the cap, and above nothing: every call leaves its rows in the ledger.
    cost: { prices: { 'harbour-8b': { input_per_million: 0.01, output_per_million: 0.01 } } },
  });
  writeFileSync(join(space.root, 'tales.jsonl'), asJsonLines(taleQuestions(QUESTIONS)));
  const output = join(space.root, 'rows.jsonl');
  const args = ['eval', 'longmemeval', 'tales.jsonl', '--keyword-only', '--by-type', '--output', 'rows.jsonl', '--workspace', workspace];
  return {
    space,
    workspace,
    requestLog,
    output,
    lme: (...more) => startLauter([...args, ...more], { cwd: space.root }),
    rows: () => linesOf(output).map((line) => JSON.parse(line) as LongMemEvalReadRow),
  };
}

let undisturbed: readonly unknown[] = [];

beforeAll(async () => {
  const scene = await setScene(0);
  const { code, err } = await scene.lme().ended;
  expect(code, err).toBe(0);
  undisturbed = factsOf(scene);
});
afterAll(async () => {
  for (const each of open.reverse()) await each.close();
});

test('the undisturbed run has something to interrupt, and something to compare', () => {
  expect(undisturbed).toHaveLength(QUESTIONS + 1);
  expect(new Set(undisturbed.map((row) => (row as LongMemEvalReadRow).hypothesis)).size).toBeGreaterThan(2);
});

test('a run that is killed again and again ends as one that was left alone, and no answer is asked for twice', async () => {
  const random = createRandom(SEED);
  const scene = await setScene(30);
  const fought = {
    kind: 'longmemeval',
    ...scene,
    calls: QUESTIONS,
    known: /longmemeval-\S+ (?:started|was left)/,
    start: () => scene.lme(),
  } as const;
  const { ended, standings } = await killAgainAndAgain(fought, random);
  const { code, err } = ended;
  const story = `LAUTER_EVAL_KILL_SEED=${SEED}\n${err}`;
  expect(code, story).toBe(0);
  expect(story).toMatch(/was left unfinished; going on with it/);
  expect(factsOf(scene), story).toEqual(undisturbed);
  expect(askedAgain(scene.requestLog, standings), story).toEqual([]);
  expect(standings.some(({ kept }) => kept.size > 0)).toBe(true);
  // One run, whoever worked on it; every call that came in was paid for before, and nothing else was.
  const reserved = ledgerOf(scene.workspace).filter(({ kind }) => kind === 'reserve');
  expect(new Set(reserved.map(({ run_id: id }) => id)).size, story).toBe(1);
  expect(reserved.length, story).toBeGreaterThanOrEqual(loggedCalls(scene.requestLog).length);
  const told = scene.rows().reduce((sum, { cost_usd: usd }) => sum + (usd ?? 0), 0);
  expect(told, story).toBeLessThanOrEqual(spentIn(scene.workspace) + 1e-9);
  expect(told, story).toBeGreaterThan(0);
  expect(reserved.length, story).toBeLessThanOrEqual(QUESTIONS + standings.length * THREADS + THREADS);
  expect(temporariesIn(scene.workspace), story).toEqual([]);
});

test('a run that is interrupted keeps what it has done, and --resume-from does the rest', async () => {
  const scene = await setScene(30);
  const first = scene.lme();
  await until(
    () => loggedCalls(scene.requestLog).length >= 11,
    (isTime) => isTime,
  );
  first.signal('SIGINT');
  const stopped = await first.ended;
  expect(stopped.code, stopped.err).toBe(130);
  expect(stopped.err).toContain('--resume-from');
  const done = scene.rows();
  expect(done.length).toBeGreaterThan(0);
  expect(done.length).toBeLessThan(QUESTIONS);
  // As if it had been cut off while it wrote.
  writeFileSync(scene.output, readFileSync(scene.output, 'utf8').slice(0, -25));
  const second = await scene.lme('--resume-from', 'rows.jsonl').ended;
  expect(second.code, second.err).toBe(0);
  expect(second.out).toMatch(new RegExp(`${done.length - 1} rows were taken over[^]*cut off`));
  expect(factsOf(scene)).toEqual(undisturbed);
  expect(loggedCalls(scene.requestLog).length).toBeLessThanOrEqual(QUESTIONS + 1 + THREADS);
});

/** Calls that an interrupt may break off. */
const THREADS = 2;

test('answers are never written over', async () => {
  const scene = await setScene(0);
  expect((await scene.lme('--limit', '1').ended).code).toBe(0);
  const again = await scene.lme('--limit', '1').ended;
  expect(again.code).toBe(2);
  expect(again.err).toContain('--resume-from');
});

/** Everything in the file but what no two runs have in common, in its order: a reply whose receipt was lost costs all that was set aside for it. */
function factsOf({ rows }: Scene): unknown[] {
  return rows().map(({ latency_ms: _latency, cost_usd: _cost, ...row }) => row);
}

function ledgerOf(workspace: string): BudgetRow[] {
  return linesOf(join(workspace, 'ledger', 'budget.jsonl')).map((line) => budgetRowSchema.parse(JSON.parse(line)));
}

/** US dollars: settled, or all that was set aside where nothing was settled. */
function spentIn(workspace: string): number {
  const spent = new Map(ledgerOf(workspace).map(({ reservation, nano_usd: nano }) => [reservation, nano]));
  return [...spent.values()].reduce((sum, nano) => sum + nano, 0) / 1e9;
}

function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
}
