import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openWorkStore } from '../../adapters/work-store.ts';
import { createRandom } from '../../domain/shared/random.ts';
import { replayQueueReportSchema, type ReplayQueueReport } from '../../schemas/replay-queue.ts';
import { replayRunSchema, type ReplayRun } from '../../schemas/replay-run.ts';
import { tallyBudget } from '../support/budget-tally.ts';
import { makePlaybooks } from '../support/harbor-playbooks.ts';
import { askedAgain, killAgainAndAgain } from '../support/kill-evaluation.ts';
import { startLauter, type Ended, type LauterCommand } from '../support/lauter-command.ts';
import { startModelServer } from '../support/model-server/model-server.ts';
import type { Fault } from '../support/model-server/script.ts';
import { removeFolder } from '../support/temporary-folder.ts';
import { temporariesIn } from '../support/workspace-facts.ts';

const SEED = Number(process.env['LAUTER_QUEUE_KILL_SEED'] ?? Date.now() % 1_000_000);
const TASKS = Number(process.env['LAUTER_QUEUE_TASKS'] ?? 60);
const ANSWER = 'Ring the bell as lock-house/bell.md says, wait 90 seconds, open the north lock, and verify the water level on both sides.';
const CAP_USD = 1;
const SLOW_MS = 50;
/** Now and then a server that is busy or closes the connection: never three times for one task. */
const FAILURES: readonly Fault[] = Array.from({ length: Math.ceil(TASKS / 15) }, (_, at) => {
  const kinds: readonly Fault['does'][] = [
    { kind: 'status', status: 503, headers: { 'retry-after': '0' } },
    { kind: 'reset' },
    { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
  ];
  const call = 5 + at * 15;
  return { path: 'chat', from: call, to: call, does: kinds[at % kinds.length]! };
});

/** 100 tokens out at $10 a million; a call may have 200, and its question counts in full. */
const PRICE = { input_per_million: 0, output_per_million: 10 };
const CALL_NANO_USD = 1_000_000;

interface Scene {
  readonly workspace: string;
  readonly requestLog: string;
  queue(...args: readonly string[]): LauterCommand;
}

const open: { close(): Promise<unknown> }[] = [];
afterAll(async () => {
  for (const each of open.reverse()) await each.close();
});

/** Playbooks, tasks, and a server that is slow, busy now and then, and says the same each time. */
async function setScene(faults: readonly Fault[]): Promise<Scene> {
  const root = await makePlaybooks();
  const requestLog = join(root, 'requests.jsonl');
  writeFileSync(requestLog, '');
  const says: Fault = { path: 'chat', from: 1, does: { kind: 'say', text: ANSWER, ms: SLOW_MS } };
  const server = await startModelServer({
    models: [{ id: 'keeper-7b' }],
    requestLog,
    usage: { prompt_tokens: 0, completion_tokens: 100 },
    faults: [...faults, says],
  });
  open.push({ close: async () => removeFolder(root) }, server);
  const models = { 'keeper-7b': { base_url: server.url, model: 'keeper-7b', max_tokens: 200 } };
  const workspace = join(root, 'refinery');
  const config = { engine: { heartbeat_timeout_s: 1 }, replay: { model: 'keeper-7b', models }, cost: { prices: { 'keeper-7b': PRICE } } };
  writeFileSync(join(workspace, 'lauter.config.json'), JSON.stringify(config));
  const tasks = Array.from({ length: TASKS }, (_, at) =>
    JSON.stringify({ id: `lock-${at}`, task: `How is north lock ${at + 10} opened at dawn?` }),
  );
  writeFileSync(join(root, 'tasks.jsonl'), `${tasks.join('\n')}\n`);
  const fixed = ['replay', 'queue', '--tasks', 'tasks.jsonl', '--json', '--workspace', workspace];
  const usual = ['--max-usd', String(CAP_USD)];
  return { workspace, requestLog, queue: (...args) => startLauter([...fixed, ...(args.length === 0 ? usual : args)], { cwd: root }) };
}

function reportOf({ out, err }: Ended): ReplayQueueReport {
  expect(out, err).not.toBe('');
  return replayQueueReportSchema.parse(JSON.parse(out));
}

function logged(workspace: string): ReplayRun[] {
  const lines = readFileSync(join(workspace, 'ledger', 'replay_runs.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1);
  return lines.map((line) => replayRunSchema.parse(JSON.parse(line)));
}

test('a queue that is killed again and again replays every task once, and no call that was answered is made again', async () => {
  const random = createRandom(SEED);
  const scene = await setScene(FAILURES);
  const fought = { kind: 'replay', ...scene, calls: TASKS, known: /queue-\S+ (?:started|was left)/, start: () => scene.queue() } as const;
  const { ended, standings } = await killAgainAndAgain(fought, random);
  const unlike = reportOf(ended).tasks.filter(({ state }) => state !== 'passed');
  const story = `LAUTER_QUEUE_KILL_SEED=${SEED}\n${ended.err}\n${JSON.stringify(unlike)}`;
  expect(ended.code, story).toBe(0);
  expect(story).toMatch(/was left unfinished; going on with it/);
  const report = reportOf(ended);
  expect(report.counts, story).toEqual({ tasks: TASKS, passed: TASKS, refused: 0, unanswered: 0, skipped_budget: 0, escalated: 0 });
  const ids = Array.from({ length: TASKS }, (_, at) => `${report.run_id}-${at + 1}`);
  expect(new Set(logged(scene.workspace).map(({ run_id: id }) => id)), story).toEqual(new Set(ids));
  expect(logged(scene.workspace), story).toHaveLength(TASKS);
  expect(askedAgain(scene.requestLog, standings), story).toEqual([]);
  expect(standings.some(({ kept }) => kept.size > 0)).toBe(true);
  expect(openWorkStore(scene.workspace, 'replay').list()).toEqual([report.run_id]);
  expect(tallyBudget(scene.workspace, report.run_id).highest, story).toBeLessThanOrEqual(CAP_USD * 1e9);
  expect(temporariesIn(scene.workspace), story).toEqual([]);
});

test('under a cap the first tasks are replayed, the others skipped, and the cap holds', async () => {
  const scene = await setScene([]);
  const ended = await scene.queue('--max-usd', '0.0105', '--yes').ended;
  expect(ended.code, ended.err).toBe(2);
  const { verdict, counts, run_id } = reportOf(ended);
  expect(verdict).toBe('unfinished');
  // Each call sets 0.002 aside and costs 0.001: the tenth would need 0.011.
  expect(counts.passed).toBe(9);
  expect(counts.passed + counts.skipped_budget).toBe(TASKS);
  const { highest, atEnd } = tallyBudget(scene.workspace, run_id);
  expect(highest).toBeLessThanOrEqual(0.0105 * 1e9);
  expect(atEnd).toBe(counts.passed * CALL_NANO_USD);
  expect(logged(scene.workspace)).toHaveLength(counts.passed);
});
