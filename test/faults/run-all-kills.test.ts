import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLongMemEvalStore } from '../../adapters/longmemeval/run-store.ts';
import { createRandom } from '../../domain/shared/random.ts';
import { comparableLine } from '../../domain/suites/index.ts';
import { loggedCalls } from '../support/bench-harbor.ts';
import { until } from '../support/engine-client.ts';
import { startLauter, type LauterCommand } from '../support/lauter-command.ts';
import { startModelServer } from '../support/model-server/model-server.ts';
import { writeOrchard, writeTales } from '../support/orchard-suites.ts';
import { makeTestSpace } from '../support/test-space.ts';
import { temporariesIn } from '../support/workspace-facts.ts';

const SEED = Number(process.env['LAUTER_EVAL_KILL_SEED'] ?? Date.now() % 1_000_000);
const MODES = ['conservative', 'balanced', 'tokenmax'] as const;
const QUESTIONS = 12;
const CALLS = QUESTIONS * MODES.length;

/** A workspace with a reader that takes its time, and two suites beside it. */
interface Scene {
  readonly workspace: string;
  readonly requestLog: string;
  runAll(...more: readonly string[]): LauterCommand;
  /** Lines of all cells, without what no two runs share. */
  lines(): string[];
  ledger(): { readonly run_uid: string; readonly status: string }[];
}

const open: { close(): Promise<void> }[] = [];

async function setScene(waitMs: number, prices: object = { input_per_million: 0 }): Promise<Scene> {
  const space = makeTestSpace();
  const requestLog = join(space.root, 'requests.jsonl');
  writeFileSync(requestLog, '');
  const server = await startModelServer({
    models: [{ id: 'harbour-8b' }],
    requestLog,
    faults: [{ path: 'chat', from: 1, does: { kind: 'wait', ms: waitMs } }],
  });
  open.push(server, { close: () => space.clear() });
  const workspace = space.workspace({
    engine: { heartbeat_timeout_s: 1 },
    search: { embedder: 'deterministic' },
    eval: { reader: { base_url: server.url, model: 'harbour-8b' } },
    cost: { prices: { 'harbour-8b': prices } },
  });
  writeOrchard(join(space.root, 'orchard'));
  writeTales(join(space.root, 'tales.jsonl'), QUESTIONS);
  const data = ['--suites', 'orchard,longmemeval', '--dataset', 'orchard=orchard', '--dataset', 'longmemeval=tales.jsonl'];
  const args = ['eval', 'run-all', ...data, '--answers', '--parallel', '2', '--output', 'out', '--workspace', workspace];
  const read = (path: string): string[] => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []);
  return {
    workspace,
    requestLog,
    runAll: (...more) => startLauter([...args, ...more], { cwd: space.root }),
    lines: () =>
      ['orchard', 'longmemeval'].flatMap((suite) =>
        MODES.flatMap((mode) => read(join(space.root, 'out', suite, `${mode}.rows.ndjson`)).map(comparableLine)),
      ),
    ledger: () =>
      read(join(workspace, 'ledger', 'eval-results.jsonl')).map((line) => JSON.parse(line) as ReturnType<Scene['ledger']>[number]),
  };
}

let undisturbed: readonly string[] = [];

beforeAll(async () => {
  const scene = await setScene(0);
  const { code, err } = await scene.runAll().ended;
  expect(code, err).toBe(0);
  undisturbed = scene.lines();
});
afterAll(async () => {
  for (const each of open.reverse()) await each.close();
});

test('the undisturbed run has something to interrupt, and something to compare', () => {
  expect(undisturbed).toHaveLength((30 + QUESTIONS) * MODES.length);
  expect(new Set(undisturbed).size).toBe(undisturbed.length);
});

test('a run that is killed goes on by the same command: nothing is done twice, and its rows are those of a run that was left alone', async () => {
  const random = createRandom(SEED);
  const scene = await setScene(40);
  const standings: Standing[] = [];
  let command = scene.runAll();
  for (let kill = 0; kill < 2; kill += 1) {
    await command.hear(/run-all-\S+ (?:started|was left)/);
    const goal = Math.floor(((kill + 0.2 + 0.6 * random.next()) * CALLS) / 3);
    await until(
      () => !command.isRunning() || loggedCalls(scene.requestLog).length >= goal,
      (isTime) => isTime,
    );
    expect(command.isRunning(), command.said()).toBe(true);
    await command.kill();
    standings.push(standingOf(scene));
    command = scene.runAll();
  }
  const { code, err } = await command.ended;
  const story = `LAUTER_EVAL_KILL_SEED=${SEED}\n${err}`;
  expect(code, story).toBe(0);
  expect(story).toMatch(/was left unfinished; going on with it/);
  expect(scene.lines(), story).toEqual(undisturbed);
  for (const { answered, asked, batches } of standings) {
    const again = loggedCalls(scene.requestLog)
      .slice(asked)
      .filter(({ request_id: id }) => answered.has(id!));
    expect(again, story).toEqual([]);
    // What was measured before is not written again.
    for (const [path, writtenMs] of batches) expect(statSync(path).mtimeMs, path).toBe(writtenMs);
  }
  expect(standings.some(({ answered }) => answered.size > 0)).toBe(true);
  expect(standings.some(({ batches }) => batches.length > 0)).toBe(true);
  const uids = scene.ledger().map(({ run_uid }) => run_uid);
  expect(new Set(uids).size).toBe(uids.length);
  expect(uids).toHaveLength(2 * MODES.length);
  expect(temporariesIn(scene.workspace), story).toEqual([]);
});

test('a run that is interrupted ends with 130, and the same command does the rest of it', async () => {
  const scene = await setScene(40);
  const first = scene.runAll();
  await until(
    () => loggedCalls(scene.requestLog).length >= 6,
    (isTime) => isTime,
  );
  first.signal('SIGINT');
  const stopped = await first.ended;
  expect(stopped.code, stopped.err).toBe(130);
  expect(stopped.err).toContain('run the same command again to go on');
  const asked = loggedCalls(scene.requestLog).length;
  expect(asked).toBeLessThan(CALLS);
  const { code, err } = await scene.runAll().ended;
  expect(code, err).toBe(0);
  expect(scene.lines()).toEqual(undisturbed);
  expect(loggedCalls(scene.requestLog).length).toBeLessThanOrEqual(CALLS + 2);
});

test('RUN-3: above a cap the run does not begin unasked; with --yes it stops at the cap, and with more money it goes on', async () => {
  const scene = await setScene(0, { input_per_million: 1, output_per_million: 1 });
  const capped = ['--budget-usd-answer', '0.006'];
  const refused = await scene.runAll(...capped).ended;
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('on answers: expected at most');
  expect((await scene.runAll('--budget-usd-retrieval', '0', '--modes', 'balanced').ended).err).toContain('on retrieval: expected at most');
  expect(loggedCalls(scene.requestLog)).toEqual([]);
  expect(scene.ledger()).toEqual([]);

  const short = await scene.runAll(...capped, '--yes').ended;
  expect(short.code, short.err).toBe(2);
  const states = scene.ledger().map(({ status }) => status);
  expect(states.filter((status) => status === 'completed').length).toBeGreaterThanOrEqual(MODES.length);
  expect(states).toContain('over_budget');
  const paid = loggedCalls(scene.requestLog).length;
  expect(paid).toBeGreaterThan(0);
  expect(paid).toBeLessThan(CALLS);
  const done = scene.lines().filter((line) => !line.includes('"skipped_budget"')).length;

  const rest = await scene.runAll('--yes').ended;
  expect(rest.code, rest.err).toBe(0);
  expect(done).toBeLessThan(scene.lines().length);
  expect(scene.lines()).toHaveLength(undisturbed.length);
  expect(scene.lines().join('\n')).not.toContain('"skipped_budget"');
  expect(loggedCalls(scene.requestLog)).toHaveLength(CALLS);
});

interface Standing {
  readonly answered: ReadonlySet<string>;
  readonly asked: number;
  readonly batches: readonly (readonly [path: string, writtenMs: number])[];
}

/** What is kept at a moment: answers that were paid for, and whole batches of searches. */
function standingOf({ workspace, requestLog }: Scene): Standing {
  const store = openLongMemEvalStore(workspace);
  const calls = store.list().map((id) => join(store.folder(id), 'calls'));
  const answered = calls.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder).map((name) => name.slice(0, 32)));
  const runs = join(workspace, 'lake', 'eval', 'suites', 'runs');
  const files = existsSync(runs) ? readdirSync(runs, { recursive: true, encoding: 'utf8' }).map((name) => join(runs, name)) : [];
  // Sixteen questions a batch.
  const batches = files.filter((path) => /batch-\d+\.jsonl$/.test(path) && readFileSync(path, 'utf8').split('\n').length === 17);
  return {
    answered: new Set(answered),
    asked: loggedCalls(requestLog).length,
    batches: batches.map((path) => [path, statSync(path).mtimeMs] as const),
  };
}
