import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchSummarySchema, type BenchSummary } from '../../schemas/bench-summary.ts';
import { makeProxy, makeRun, TERN, writeRunFile, type RunShape } from '../support/bench-run-files.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const THRESHOLDS = {
  schema_validity_min: 0.95,
  refusal_max: 0,
  echo_similarity_max: 0.5,
  latency_p95_max_ms: 60_000,
  self_consistency_min: 0.7,
  entity_sanity_min: 0.9,
};
const GATES = {
  schema_validity_rate: 0.97,
  refusal_rate: 0.01,
  echo_similarity_max: 0.5,
  latency_p95_ms: 8200,
  self_consistency_mean: null,
  entity_sanity_mean: Number.NaN,
};

/** A run of the keeper's assistant that refused once, could not be judged for consistency and was interrupted. */
const REFUSED: RunShape = {
  manifest: { gate_thresholds: THRESHOLDS, tuning: { mode: 'hybrid' } },
  summary: {
    verdict: 'FAIL',
    gates: GATES,
    tier0_verdict: { passed: false, failed_gates: ['refusal_rate'], skipped_gates: ['self_consistency_mean'], notes: ['infrastructure'] },
    downstream_proxy: makeProxy(Array.from({ length: 150 }, (_, at) => (at < 75 ? 1 : null))),
    per_source: { shell: { gates: { schema_validity_rate: 0.9 }, modes: { hybrid: { mrr: 0.5, hit_at_1: 0.5, scored_count: 8 } }, n: 9 } },
    judge: { mean: null, scored: 3, missing: 17, reason: 'judge_canary', per_item: [] },
    call_errors: { timeout: 2 },
    errors: [{ step: 'self_consistency', type: 'VectorError', error: 'the keeper wrote a secret here' }],
  },
  end: { paused_seconds: 1800, interruptions: [{ at_iso: '2025-03-02T06:50:00Z', kind: 'worker_lost' }], exit_code: 1 },
};

function summarize(shape: RunShape): { root: string; bench(...more: readonly string[]): Promise<CliOutcome> } {
  const root = temporaryFolder({ 'run.jsonl': writeRunFile(makeRun(1, shape)) });
  return { root, bench: (...more) => runCli(['bench', 'summary', 'run.jsonl', ...more], root) };
}

async function summaryOf(shape: RunShape): Promise<BenchSummary> {
  const { code, out } = await summarize(shape).bench('--json');
  expect(code).toBe(0);
  return benchSummarySchema.parse(JSON.parse(out));
}

test('gates: what failed, what was skipped, and a value that is no number', async () => {
  const { models, paused_seconds, interruptions, exit_code } = await summaryOf(REFUSED);
  expect(models[0]!.gates.map(({ gate, value, state }) => [gate, value, state])).toEqual([
    ['schema_validity_rate', 0.97, 'passed'],
    ['refusal_rate', 0.01, 'failed'],
    ['echo_similarity_max', 0.5, 'passed'],
    ['latency_p95_ms', 8200, 'passed'],
    ['self_consistency_mean', null, 'skipped'],
    ['entity_sanity_mean', null, 'failed'],
  ]);
  expect({ paused_seconds, interruptions, exit_code }).toEqual({
    paused_seconds: 1800,
    interruptions: [{ at: '2025-03-02T06:50:00Z', kind: 'worker_lost' }],
    exit_code: 1,
  });
});

test('the MDE, and how many questions may flip within the budget', async () => {
  const [model] = (await summaryOf(REFUSED)).models;
  // 2.801585 x sqrt(2 x 0.25 / 150); the reciprocal ranks are 75 ones and 75 zeros: variance 150 x 0.25 / 149.
  const [hybrid] = model!.modes;
  expect(hybrid!.mde.hit_at_1).toBeCloseTo(2.801585 * Math.sqrt(0.5 / 150), 6);
  expect(hybrid!.mde.mrr).toBeCloseTo(2.801585 * Math.sqrt((2 * 37.5) / 149 / 150), 6);
  expect(model!.budget_flips).toBe(3);
});

test.each([
  [49, 0],
  [50, 1],
  [100, 2],
  [350, 7],
])('%i questions may flip %i times', async (count, flips) => {
  const { models } = await summaryOf({ scoredCount: count });
  expect(models[0]!.budget_flips).toBe(flips);
});

test('what a file does not record is null, and never 0', async () => {
  const { models, paused_seconds } = await summaryOf({ summary: { downstream_proxy: null, tier0_verdict: undefined, verdict: undefined } });
  expect(models[0]).toMatchObject({
    verdict: null,
    is_tier0_passed: null,
    modes: [],
    budget_flips: null,
    judge: null,
    repeated_calls: null,
  });
  expect(paused_seconds).toBeNull();
});

test('the state of BT-29 stands beside every model, and the message of an error nowhere', async () => {
  const { root, bench } = summarize(REFUSED);
  const { out } = await bench('--report', 'report');
  const texts = [out, ...['html', 'md', 'json'].map((ending) => readFileSync(join(root, 'report', `bench-summary.${ending}`), 'utf8'))];
  for (const text of texts) {
    expect(text).toContain('BT-29 deferred');
    expect(text).toContain('judge');
    expect(text).not.toContain('secret');
  }
  expect(out).toContain('shell (small)');
  expect(out).toContain('budget = floor(0.02 x N) = 3 item flips');
});

test('a run without an end is no pass', async () => {
  const { root, bench } = summarize({ end: null });
  const { code } = await bench('--report', 'report');
  expect(code).toBe(0);
  expect(readFileSync(join(root, 'report', 'bench-summary.md'), 'utf8')).toContain('# INCONCLUSIVE');
});

test('after a recorded PASS the state says so', async () => {
  const root = temporaryFolder();
  const place = ['--workspace', join(root, 'workspace')];
  const names = [1, 2, 3].map((number) => `r${number}.jsonl`);
  const judged = { manifest: { judge: { model: 'heron' } }, summary: { judge: { mean: 4, scored: 20, missing: 0 } } };
  for (const [at, name] of names.entries()) writeFileSync(join(root, name), writeRunFile(makeRun(at + 1, judged)));
  expect((await runCli(['bench', 'determinism', ...names, '--record', ...place], root)).code).toBe(0);
  const { out } = await runCli(['bench', 'summary', 'r1.jsonl', ...place], root);
  expect(out).toMatch(new RegExp(`${TERN}: PASS; BT-29 passed \\(row 1, \\d{4}-\\d\\d-\\d\\d\\)`));
});

test('on a broken ledger no model counts as proved, and that is told', async () => {
  const { root, bench } = summarize({});
  mkdirSync(join(root, 'workspace', 'ledger'), { recursive: true });
  writeFileSync(join(root, 'workspace', 'ledger', 'trust.jsonl'), '{"verdict":"PASS"}\n');
  const { code, out, err } = await bench('--workspace', join(root, 'workspace'));
  expect([code, out, err]).toEqual([0, expect.stringContaining('BT-29 deferred'), expect.stringContaining('the trust ledger is broken')]);
});

test('without a file: the newest stored run, as long as its file is what it was', async () => {
  const root = temporaryFolder();
  const place = ['--workspace', join(root, 'workspace')];
  const write = (number: number): string => {
    const path = join(root, `r${number}.jsonl`);
    writeFileSync(path, writeRunFile(makeRun(number, { manifest: { started_at_iso: `2025-03-0${number}T06:40:00Z` } })));
    return path;
  };
  await runCli(['bench', 'import', write(2), write(1), ...place], root);
  const { out } = await runCli(['bench', 'summary', '--json', ...place], root);
  expect(benchSummarySchema.parse(JSON.parse(out)).run_id).toContain('20250302');
  writeFileSync(join(root, 'r2.jsonl'), writeRunFile(makeRun(2, { mrr: 0.9 })));
  expect(await runCli(['bench', 'summary', ...place], root)).toMatchObject({
    code: 2,
    err: expect.stringContaining('another one') as string,
  });
  rmSync(join(root, 'r2.jsonl'));
  expect(await runCli(['bench', 'summary', ...place], root)).toMatchObject({
    code: 2,
    err: expect.stringContaining('found none') as string,
  });
});
