import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openSlot } from '../../adapters/bench/slot.ts';
import { replayQueueReportSchema } from '../../schemas/replay-queue.ts';
import { CANDIDATE, makeBenchHarbor, runOf, SERVED, type BenchHarbor } from '../support/bench-harbor.ts';
import { until } from '../support/engine-client.ts';
import { startLauter, type LauterCommand } from '../support/lauter-command.ts';
import { startModelServer, type ModelServer, type SeenCall } from '../support/model-server/model-server.ts';

const [KEEPER, FERRYMAN] = ['keeper-7b', 'ferryman-3b'] as const;
const ANSWER = 'Ring the bell, wait for the keeper, open the north lock by hand, and verify the water level on both sides of the gate.';
const TASKS = 20;

/** How long an answer of the keeper takes; a test may change it at any time. */
const pace = { kind: 'say', text: ANSWER, ms: 0 } as { kind: 'say'; text: string; ms: number };

let harbor: BenchHarbor;
let shared: ModelServer;
let apart: ModelServer;

beforeAll(async () => {
  const slowly = { path: 'chat', from: 1, model: CANDIDATE, does: { kind: 'wait', ms: 30 } } as const;
  const faults = [slowly, ...[KEEPER, FERRYMAN].map((model) => ({ path: 'chat' as const, from: 1, model, does: pace }))];
  shared = await startModelServer({ models: [...SERVED, { id: KEEPER }], faults });
  apart = await startModelServer({ models: [{ id: FERRYMAN }], faults });
  const models = {
    // Neither the name of this machine nor the path makes another server of it.
    [KEEPER]: { base_url: `${shared.url.replace('127.0.0.1', 'localhost')}/`, model: KEEPER },
    [FERRYMAN]: { base_url: apart.url, model: FERRYMAN },
  };
  const prices = Object.fromEntries([KEEPER, FERRYMAN].map((model) => [model, { input_per_million: 0 }]));
  harbor = await makeBenchHarbor({ config: { replay: { model: KEEPER, models }, cost: { prices } } });
  const tasks = Array.from({ length: TASKS }, (_, at) => `How is lock ${at + 1} opened?`);
  writeFileSync(join(harbor.space.root, 'tasks.txt'), `${tasks.join('\n')}\n`);
  await harbor.startEngine();
});
afterAll(async () => {
  await harbor.clear();
  await shared.close();
  await apart.close();
});
beforeEach(() => void (pace.ms = 0));

function replayQueue(...more: readonly string[]): LauterCommand {
  const fixed = ['replay', 'queue', '--tasks', 'tasks.txt', '--no-retrieval', '--concurrent', '3', '--json'];
  return startLauter([...fixed, '--workspace', harbor.workspace, ...more], { cwd: harbor.space.root });
}

const slotOf = ({ url }: ModelServer): ReturnType<typeof openSlot> => openSlot(harbor.workspace, url);
const isReplay = ({ body }: Pick<SeenCall, 'body'>): boolean => body.model === KEEPER || body.model === FERRYMAN;
const replays = ({ seen }: ModelServer): SeenCall[] => seen.filter(isReplay);

function logged(): number {
  const path = join(harbor.workspace, 'ledger', 'replay_runs.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

interface Interval {
  readonly from: number;
  readonly to: number;
}

function overlaps(some: readonly Interval[], others: readonly Interval[]): Interval[] {
  return some.filter(({ from, to }) => others.some((other) => from < other.to && other.from < to));
}

function intervals(calls: readonly SeenCall[]): Promise<Interval[]> {
  return Promise.all(calls.map(async ({ beganMs, ended }) => ({ from: beganMs, to: await ended })));
}

test('a bench and a queue of replays use one server, and no call of one overlaps a call of the other', async () => {
  expect(overlaps([{ from: 1, to: 3 }], [{ from: 2, to: 4 }])).toHaveLength(1);
  expect(overlaps([{ from: 1, to: 2 }], [{ from: 2, to: 4 }])).toEqual([]);

  pace.ms = 1_000;
  const queue = replayQueue();
  await until(
    () => replays(shared).length,
    (count) => count > 1,
  );
  const bench = harbor.bench(runOf(shared, null));
  const holder = await until(
    () => slotOf(shared).holder(),
    (held) => held !== undefined || !bench.isRunning(),
  );
  expect(holder?.owner, bench.said()).toMatch(/^run-/);
  // Slow enough to be in each other's way, if nobody waited.
  pace.ms = 200;
  await queue.hear(new RegExp(`waiting for ${holder!.owner}, which has ${shared.url}`));
  const [measured, replayed] = await Promise.all([bench.ended, queue.ended]);

  expect(JSON.parse(measured.out), measured.err).toMatchObject({ run_id: holder!.owner, reason: null });
  const report = replayQueueReportSchema.parse(JSON.parse(replayed.out));
  expect(report.counts, replayed.err).toMatchObject({ tasks: TASKS, unanswered: 0, skipped_budget: 0 });
  expect([replays(shared).length, logged()]).toEqual([TASKS, TASKS]);

  const replayCalls = await intervals(replays(shared));
  const benchCalls = await intervals(shared.seen.filter((call) => !isReplay(call) && call.path !== 'models'));
  const first = Math.min(...benchCalls.map(({ from }) => from));
  expect(benchCalls.length).toBeGreaterThan(50);
  expect(replayCalls.some(({ from }) => from < first)).toBe(true);
  expect(replayCalls.some(({ from }) => from > first)).toBe(true);
  // Several at once, as asked for.
  expect(replayCalls.some((call, at) => overlaps([call], replayCalls.slice(0, at)).length > 0)).toBe(true);
  expect(overlaps(replayCalls, benchCalls)).toEqual([]);
  expect([slotOf(shared).holder(), slotOf(shared).guests()]).toEqual([undefined, []]);
});

test('a queue that waits for a bench is cancelled cleanly, goes on when the bench has ended, and never waits for another server', async () => {
  const [asked, rows] = [replays(shared).length, logged()];
  const slot = slotOf(shared);
  expect((await slot.take('bt29-tern')).taken).toBe(true);

  const elsewhere = replayQueue('--model', FERRYMAN, '--limit', '2');
  const cancelled = replayQueue('--limit', '4');
  const patient = replayQueue('--limit', '5');
  const { out, err } = await elsewhere.ended;
  expect(replayQueueReportSchema.parse(JSON.parse(out)).counts, err).toMatchObject({ tasks: 2, unanswered: 0 });

  await cancelled.hear(/waiting for bt29-tern, which has /);
  cancelled.signal('SIGINT');
  expect((await cancelled.ended).code, cancelled.said()).toBe(130);
  await patient.hear(/waiting for bt29-tern, which has /);
  expect([replays(shared).length, replays(apart).length, logged()]).toEqual([asked, 2, rows + 2]);

  await slot.free('bt29-tern');
  const ended = await patient.ended;
  expect(replayQueueReportSchema.parse(JSON.parse(ended.out)).counts, ended.err).toMatchObject({ tasks: 5, unanswered: 0 });
  expect([replays(shared).length, logged()]).toEqual([asked + 5, rows + 7]);
});
