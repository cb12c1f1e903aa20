import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkStore } from '../../adapters/work-store.ts';
import { createRandom } from '../../domain/shared/random.ts';
import { panelBatchSchema, type PanelBatch } from '../../schemas/panel-batch.ts';
import { panelReceiptSchema } from '../../schemas/panel-receipt.ts';
import { loggedCalls } from '../support/bench-harbor.ts';
import { tallyBudget } from '../support/budget-tally.ts';
import { until } from '../support/engine-client.ts';
import { askedAgain, keptCalls, killAgainAndAgain } from '../support/kill-evaluation.ts';
import { startLauter, type LauterCommand } from '../support/lauter-command.ts';
import { answerRow, startJudges, writeRows } from '../support/panel-judges.ts';
import { makeTestSpace } from '../support/test-space.ts';
import { temporariesIn } from '../support/workspace-facts.ts';

const SEED = Number(process.env['LAUTER_PANEL_KILL_SEED'] ?? Date.now() % 1_000_000);
const QUESTIONS = 24;
const CALLS = QUESTIONS * 3;

/** A workspace with three judges that take their time, and answers beside it. */
interface Scene {
  readonly workspace: string;
  readonly requestLog: string;
  readonly root: string;
  batch(): LauterCommand;
  single(): LauterCommand;
}

const open: { close(): Promise<void> }[] = [];

async function setScene(waitMs: number): Promise<Scene> {
  const space = makeTestSpace();
  const requestLog = join(space.root, 'requests.jsonl');
  writeFileSync(requestLog, '');
  const judge = (panel: object) =>
    ({ panel, requestLog, faults: [{ path: 'chat', from: 1, does: { kind: 'wait', ms: waitMs } }] }) as const;
  const judges = await startJudges({ a: judge({}), b: judge({ bias: -1 }), c: judge({ misjudges: ['Ebb'] }) });
  open.push(judges, { close: () => space.clear() });
  const workspace = space.workspace({ engine: { heartbeat_timeout_s: 1 }, ...judges.config() });
  const rows = Array.from({ length: QUESTIONS }, (_, at) =>
    answerRow(`q${at + 1}`, 6 + (at % 4), `${at % 5 === 0 ? 'Ebb' : 'Tide'} ${at}.`),
  );
  writeRows(space.root, 'rows.jsonl', rows);
  writeFileSync(join(space.root, 'answer.md'), 'The tide turns at noon. (worth 9)');
  const start = (...args: readonly string[]): LauterCommand =>
    startLauter(['eval', 'cross-modal', ...args, '--json', '--workspace', workspace], { cwd: space.root });
  return {
    workspace,
    requestLog,
    root: space.root,
    batch: () => start('--batch', 'rows.jsonl', '--limit', String(QUESTIONS)),
    single: () => start('--task', 'Tides', '--output', 'answer.md', '--cycles', '3', '--slug', 'tides'),
  };
}

let undisturbed: unknown;

beforeAll(async () => {
  const { code, out, err } = await (await setScene(0)).batch().ended;
  expect(code, err).toBe(1);
  undisturbed = factsOf(panelBatchSchema.parse(JSON.parse(out)));
});
afterAll(async () => {
  for (const each of open.reverse()) await each.close();
});

test('a batch that is killed again and again ends as one that was left alone, and no call is paid for twice', async () => {
  const random = createRandom(SEED);
  const scene = await setScene(40);
  const fought = { kind: 'panel', ...scene, calls: CALLS, known: /panel-\S+ (?:started|was left)/, start: scene.batch } as const;
  const { ended, standings } = await killAgainAndAgain(fought, random);
  const { code, out, err } = ended;
  const story = `LAUTER_PANEL_KILL_SEED=${SEED}\n${err}`;
  expect(code, story).toBe(1);
  const summary = panelBatchSchema.parse(JSON.parse(out));
  expect(factsOf(summary), story).toEqual(undisturbed);
  expect(story).toMatch(/was left unfinished; going on with it/);
  expect(askedAgain(scene.requestLog, standings), story).toEqual([]);
  expect(standings.some(({ kept }) => kept.size > 0)).toBe(true);
  const runs = openWorkStore(scene.workspace, 'panel').list();
  expect(runs).toHaveLength(1);
  const { atEnd, highest, reserves } = tallyBudget(scene.workspace, runs[0]!);
  expect(summary.actual_cost_usd).toBeCloseTo(atEnd / 1e9, 9);
  expect(highest).toBeLessThanOrEqual(5e9);
  expect(reserves).toBeLessThanOrEqual(CALLS + standings.length * MOST_AT_ONCE + MOST_AT_ONCE);
  expect(temporariesIn(scene.workspace), story).toEqual([]);
});

test('one output that is killed in the middle of its panel goes on, and pays for the rest alone', async () => {
  const scene = await setScene(120);
  const first = scene.single();
  await until(
    () => loggedCalls(scene.requestLog).length >= 4,
    (isTime) => isTime,
  );
  await first.kill();
  const standing = { kept: keptCalls(scene.workspace, 'panel'), asked: loggedCalls(scene.requestLog).length };
  expect(standing.kept.size).toBeGreaterThan(0);
  const { code, out, err } = await scene.single().ended;
  expect(code, err).toBe(0);
  expect(err).toContain('was left unfinished; going on with it');
  expect(panelReceiptSchema.parse(JSON.parse(out)).aggregate).toMatchObject({ verdict: 'pass', successes: 3 });
  expect(askedAgain(scene.requestLog, [standing])).toEqual([]);
  // A call that was killed with its command may have been made, and is made once more.
  expect(loggedCalls(scene.requestLog).length).toBeLessThanOrEqual(9 + 3);
  expect(readdirSync(join(scene.workspace, 'reports', 'panel')).filter((name) => name.endsWith('.json'))).toHaveLength(3);
  expect(openWorkStore(scene.workspace, 'panel').list()).toHaveLength(1);
});

test('an interrupt ends one output with 130 when the judges that were asked have answered', async () => {
  const scene = await setScene(150);
  const first = scene.single();
  await until(
    () => loggedCalls(scene.requestLog).length >= 1,
    (isTime) => isTime,
  );
  first.signal('SIGINT');
  const stopped = await first.ended;
  expect(stopped.code, stopped.err).toBe(130);
  const asked = loggedCalls(scene.requestLog).length;
  expect(keptCalls(scene.workspace, 'panel').size).toBe(asked);
  expect((await scene.single().ended).code).toBe(0);
  expect(loggedCalls(scene.requestLog)).toHaveLength(9);
});

/** Activities of a worker that a kill may break off, with some to spare. */
const MOST_AT_ONCE = 6;

/** Everything in the summary but what no two runs have in common: times, and what a lost reply costs. */
function factsOf(summary: PanelBatch): unknown {
  const { timestamp: _at, actual_cost_usd: _cost, per_question, ...rest } = summary;
  const rows = per_question.map(({ receipts: _receipts, ...row }) => row);
  return { ...rest, per_question: rows };
}
