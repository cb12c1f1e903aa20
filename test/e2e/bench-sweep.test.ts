import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BenchRunResult, BenchSweepInput, BenchSweepResult } from '../../activities/bench-contract.ts';
import { openBenchRuns } from '../../adapters/bench/run-store.ts';
import { openBenchSweeps } from '../../adapters/bench/sweep-store.ts';
import type { ModelSummary } from '../../schemas/bench-model-summary.ts';
import type { RunEnd, RunManifest } from '../../schemas/bench-run-file.ts';
import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';
import {
  CANDIDATE,
  chatCalls,
  JUDGE,
  makeBenchHarbor,
  questionAbout,
  readRecords,
  sweepOf,
  type BenchHarbor,
} from '../support/bench-harbor.ts';
import { until } from '../support/engine-client.ts';
import { noteNaming } from '../support/harbor-fleet.ts';
import type { Ended } from '../support/lauter-command.ts';
import type { Fault, ModelServerScript } from '../support/model-server/script.ts';

/** Of a run: 3 calls to warm up, one for each event, 25 repeats, and with a judge 20 answers and 2 canaries. */
const EVENTS = 25;
const CALLS_OF_RUN = 3 + EVENTS + 25;
const CALLS_OF_JUDGE = 22;

/**
 * Two questions name the ship before their own as well. Both answers name one ship each, so the one that was asked for comes second, being the later
 * one: the usual MRR is (23 + 2 / 2) / 25 = 0.96. An answer that forgets its ship is found by no word: half a place, 0.5 / 25 = 0.02, is lost.
 */
const SECOND_BEST = [11, 17] as const;
const ASKED_BY_WORDS = ['--mode', 'lexical', '--qa', 'eval-qa-v2'];

let harbor: BenchHarbor;

beforeAll(async () => {
  harbor = await makeBenchHarbor({ events: EVENTS });
  const questions = harbor.fleet.map(questionAbout);
  for (const at of SECOND_BEST) {
    const question = `Where does ${harbor.fleet[at]!.ship} lie beside ${harbor.fleet[at - 1]!.ship}?`;
    questions[at] = { ...questions[at]!, question };
  }
  harbor.writeQuestions('eval-qa-v2', questions);
  await harbor.startEngine();
});
afterAll(() => harbor.clear());

const resultOf = ({ out, err }: Ended): BenchSweepResult => {
  expect(out, err).not.toBe('');
  return JSON.parse(out) as BenchSweepResult;
};
const rowOf = async (ended: Ended): Promise<TrustLedgerRow | undefined> =>
  (await harbor.ledger()).find(({ sweep_id }) => sweep_id === resultOf(ended).sweep_id);
const summaryOf = (runId: string): ModelSummary => harbor.records(runId).find((record) => record.record_type === 'model_summary')!;
/** The answer about an event, counted from 0, in the main pass of a run, counted from 1. */
const answerIs = (run: number, event: number, text: string, judgeCalls = 0): Fault => {
  const call = (run - 1) * (CALLS_OF_RUN + judgeCalls) + 3 + event + 1;
  return { path: 'chat', from: call, to: call, does: { kind: 'say', text } };
};
const forgetful = (run: number, event: number, judgeCalls = 0): Fault =>
  answerIs(run, event, noteNaming(['lines', 'slack', 'water', 'ashore']), judgeCalls);
const endOf = (runId: string): RunEnd => harbor.records(runId).at(-1) as RunEnd;

test('a sweep that is started twice at once is one sweep: PASS within the budget to the last digit, a row, a line of the table, a report', async () => {
  const [server, production] = [await harbor.serve({ faults: [forgetful(2, SECOND_BEST[0], CALLS_OF_JUDGE)] }), await harbor.production()];
  const line = sweepOf(server, production, ...ASKED_BY_WORDS, '--judge-model', JUDGE, '--out', 'results/bt29');
  const first = harbor.bench(line);
  await first.hear(/sweep-\S+ started/);
  const second = harbor.bench(line);
  await second.hear(/attached to it/);
  const [own, attached] = [await first.ended, await second.ended];
  expect([own.code, attached.code], own.err + attached.err).toEqual([0, 0]);
  expect(resultOf(attached)).toEqual(resultOf(own));
  expect(chatCalls(server)).toBe(3 * (CALLS_OF_RUN + CALLS_OF_JUDGE));

  const rows = await harbor.ledger();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    sweep_id: resultOf(own).sweep_id,
    model_id: CANDIDATE,
    model_card_digest: `sha256:${CANDIDATE}`,
    verdict: 'PASS',
    claim: 'full',
    reasons: [],
    n_runs: 3,
    scored_count: EVENTS,
    mrr_mean: expect.closeTo((0.96 + 0.94 + 0.96) / 3, 12) as number,
    mrr_delta: expect.closeTo(0.02, 12) as number,
    hit_at_1_mean: 23 / 25,
    hit_at_1_delta: 0,
    judge_mean: expect.closeTo(13 / 3, 12) as number,
    judge_mean_delta: 0,
    flips: { hit_at_1: 0, rank: 1 },
  });
  const table = await harbor.benchHere('ledger', 'list', '--tsv');
  const values = 'mrr_delta=0.0200 | hit_at_1_delta=0.0000 | judge_mean_delta=0.0000';
  expect(table.out).toBe(`${rows[0]!.recorded_at} | ${CANDIDATE} | PASS | ${values}\n`);
  expect(await harbor.benchHere('ledger', 'verify')).toMatchObject({ code: 0 });

  const out = join(harbor.space.root, 'results', 'bt29');
  const files = ['determinism.html', 'determinism.json', 'determinism.md', 'r1.jsonl', 'r2.jsonl', 'r3.jsonl'];
  expect(readdirSync(out)).toEqual(expect.arrayContaining(files));
  const manifests = [1, 2, 3].map((number) => readRecords(join(out, `r${number}.jsonl`))[0] as RunManifest);
  expect(manifests.map(({ sweep_index }) => sweep_index)).toEqual([1, 2, 3]);
  expect(manifests.map(({ run_id }) => run_id)).toEqual(resultOf(own).run_ids);
  // Production runs again between the runs of a sweep.
  expect(new Set(manifests.map(({ lease }) => lease?.token)).size).toBe(3);
  expect(production.state.isPaused).toBe(false);
  const shown = await harbor.benchHere('summary', join(out, 'r3.jsonl'));
  expect(shown.out).toContain('BT-29 passed (row 1, ');
});

test('interrupted in the middle: production is resumed, 130; `bench resume` ends it as if nothing had been', async () => {
  // Two calls in the middle of the second run take their time, so that the interrupt comes while one is under way.
  const slow: Fault = { path: 'chat', from: CALLS_OF_RUN + 11, to: CALLS_OF_RUN + 12, does: { kind: 'wait', ms: 2_000 } };
  const [server, production] = [await harbor.serve({ faults: [slow] }), await harbor.production()];
  const rowsBefore = (await harbor.ledger()).length;
  const command = harbor.bench(sweepOf(server, production));
  await until(
    () => chatCalls(server),
    (calls) => calls > CALLS_OF_RUN + 10,
  );
  expect(production.state.isPaused).toBe(true);
  command.signal('SIGINT');
  const stopped = await command.ended;
  expect(stopped.code, stopped.err).toBe(130);
  expect(production.state.isPaused).toBe(false);
  expect(existsSync(join(harbor.workspace, 'locks', 'pause-lease.json'))).toBe(false);
  const { sweep_id, run_ids, overall, ledger_seq } = resultOf(stopped);
  expect([overall, ledger_seq]).toEqual([null, null]);
  expect(endOf(run_ids[1]!)).toMatchObject({ reason: 'cancelled', prod_brain_resumed_ok: true, exit_code: 130 });
  expect(openBenchRuns(harbor.workspace).has(run_ids[2]!, 'manifest')).toBe(false);
  expect(await harbor.ledger()).toHaveLength(rowsBefore);

  const resumed = await harbor.bench(['resume', '--json']).ended;
  expect(resumed.code, resumed.err).toBe(0);
  expect(resultOf(resumed)).toMatchObject({ sweep_id, run_ids, overall: 'PASS' });
  // Not one call was made twice, and the interrupted run came to what the others came to.
  expect(chatCalls(server)).toBe(3 * CALLS_OF_RUN);
  const [whole, cut] = [summaryOf(run_ids[0]!), summaryOf(run_ids[1]!)];
  expect(cut.downstream_proxy).toEqual(whole.downstream_proxy);
  expect(cut).toMatchObject({ attempts_total: whole.attempts_total, repeated_calls: 0, verdict: 'PASS' });
  expect(endOf(run_ids[1]!)).toMatchObject({ reason: null, exit_code: 0 });
  expect(endOf(run_ids[1]!).interruptions.map(({ kind }) => kind)).toContain('resumed');
  expect(await rowOf(resumed)).toMatchObject({ verdict: 'PASS', claim: 'retrieval_only', mrr_delta: 0, hit_at_1_mean: 1 });
  expect(await harbor.ledger()).toHaveLength(rowsBefore + 1);
  expect(production.state.isPaused).toBe(false);
});

test('a run without a verdict ends the sweep: 2, no row, and nothing to go on with', async () => {
  const server = await harbor.serve();
  const rowsBefore = (await harbor.ledger()).length;
  const command = harbor.bench(sweepOf(server, null));
  await command.hear(/sweep-\S+ started/);
  const [, sweepId = ''] = /(sweep-\S+) started/.exec(command.said()) ?? [];
  // No server leads there, because a gate without a value comes with one that fails. So the second run is found to have ended like that.
  const { runs } = openBenchSweeps(harbor.workspace).readInput(sweepId) as BenchSweepInput;
  const { run_id } = runs[1]!;
  const inconclusive: BenchRunResult = { run_id, reason: null, verdicts: { [CANDIDATE]: 'INCONCLUSIVE' }, exit_code: 2, run_file: '' };
  openBenchRuns(harbor.workspace).write(run_id, 'result', inconclusive);
  const ended = await command.ended;
  expect(ended.code, ended.err).toBe(2);
  expect(resultOf(ended)).toMatchObject({ overall: null, ledger_seq: null, detail: `${run_id}: no verdict` });
  expect(chatCalls(server)).toBe(CALLS_OF_RUN);
  expect(await harbor.ledger()).toHaveLength(rowsBefore);
  expect((await harbor.benchHere('resume', sweepId)).code).toBe(2);
});

describe('refused sweeps', () => {
  const stories = {
    unsteady: { faults: [forgetful(2, SECOND_BEST[0]), forgetful(3, SECOND_BEST[0]), forgetful(3, SECOND_BEST[1])] },
    refusal: { faults: [answerIs(1, 3, 'I’m sorry, but I can’t help with that.')] },
    reload: { cardChange: { afterChatCalls: 20, fields: { digest: 'sha256:other-weights' } } },
  } satisfies Record<string, Partial<ModelServerScript>>;
  type Story = keyof typeof stories;
  const told = new Map<string, { ended: Ended; calls: number; row: TrustLedgerRow | undefined }>();

  beforeAll(async () => {
    await Promise.all(
      Object.entries(stories).map(async ([name, script]) => {
        const server = await harbor.serve(script);
        const ended = await harbor.bench(sweepOf(server, null, ...ASKED_BY_WORDS)).ended;
        told.set(name, { ended, calls: chatCalls(server), row: await rowOf(ended) });
      }),
    );
  });
  const tell = (story: Story): { ended: Ended; calls: number; row: TrustLedgerRow } => told.get(story) as never;

  test('two answers that are lost in one run: 0.96 and 0.92, above the budget', () => {
    const { ended, row } = tell('unsteady');
    expect(ended.code, ended.err).toBe(1);
    expect(resultOf(ended)).toMatchObject({ overall: 'FAIL', exit_code: 1 });
    expect(row).toMatchObject({ verdict: 'FAIL', mrr_delta: expect.closeTo(0.04, 12) as number, hit_at_1_delta: 0 });
    expect(row.flips).toEqual({ hit_at_1: 0, rank: 2 });
    expect(row.reasons).not.toEqual([]);
  });

  test.each([
    ['refusal', 'refusal_rate'],
    ['reload', 'model_card_changed'],
  ] as const)('%s in the first run: the others are not begun, and the row says why', (story, why) => {
    const { ended, row, calls } = tell(story);
    expect(ended.code, ended.err).toBe(1);
    const [run = ''] = resultOf(ended).run_ids;
    expect(summaryOf(run).tier0_verdict).toMatchObject({ passed: false, failed_gates: [why] });
    expect(calls).toBe(CALLS_OF_RUN);
    expect(row).toMatchObject({ verdict: 'FAIL', run_ids: [run], n_runs: 1 });
    expect(JSON.stringify(row.reasons)).toContain(run);
  });
});
