import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BenchRunResult } from '../../activities/bench-contract.ts';
import { withBenchResults } from '../../adapters/lake/read-bench-results.ts';
import type { BenchAttempt } from '../../schemas/bench-attempt.ts';
import type { ModelSummary, RetrievalItem } from '../../schemas/bench-model-summary.ts';
import type { BenchRunSettings } from '../../schemas/bench-run-settings.ts';
import type { RunEnd, RunFileRecord, RunManifest } from '../../schemas/bench-run-file.ts';
import { createBenchWorld } from '../../worker/bench-world.ts';
import {
  CANDIDATE,
  chatCalls,
  CORPUS,
  JUDGE,
  makeBenchHarbor,
  measure,
  QUESTIONS,
  questionAbout,
  readRecords,
  runOf,
  SERVED,
  type BenchHarbor,
} from '../support/bench-harbor.ts';
import { until } from '../support/engine-client.ts';
import { engineRecords, logsOf } from '../support/engine-records.ts';
import type { Ended } from '../support/lauter-command.ts';
import { noteNaming } from '../support/harbor-fleet.ts';
import type { ModelServer } from '../support/model-server/model-server.ts';

const EVENTS = 30;
const SECOND = 'ketch-3b';
const API_KEY = ['key', 'of', 'the', 'harbor', 'office'].join('-');
/** Stands in no name, no question and no answer. */
const MARKER = 'tin box of the night watch';

let harbor: BenchHarbor;

beforeAll(async () => {
  harbor = await makeBenchHarbor({ events: EVENTS, config: { bench: { api_key_env: 'HARBOR_KEY' } } });
  await addStorm();
  await harbor.startEngine();
});
afterAll(() => harbor.clear());

const env = { HARBOR_KEY: API_KEY };

/** A hard event for the overlay. */
async function addStorm(): Promise<void> {
  const payload = { command: 'log storm', cwd: '/quay', duration_ms: 90, exit_code: 1, stderr: `no key to the ${MARKER}`, stdout: '' };
  const storm = { event_id: 'shell-storm', source: 'shell', timestamp_ms: Date.parse('2026-04-01T00:00:00Z'), payload };
  writeFileSync(join(harbor.space.root, 'storm.jsonl'), `${JSON.stringify(storm)}\n`);
  const reason = ['--reason', 'invites an apology', '--from', 'storm.jsonl', '--corpus-version', CORPUS];
  const { code, err } = await harbor.benchHere('corpus', 'add-adversarial', 'shell-storm', ...reason);
  expect(code, err).toBe(0);
}

describe('a run of two models, with a judge and an overlay', () => {
  /**
   * Calls of a model: 3 to warm up, 30 for the events, 1 for the overlay, 25 repeats. The candidate therefore has the calls 1 to 59, the second model
   * those from 60 on.
   */
  const CALL = { firstOfCandidate: 4, overlayOfCandidate: 34, warmUpOfSecond: 60, firstOfSecond: 63 };
  /** Found behind another one, and not found at all, by the candidate: the places of their events. */
  const [SECOND_BEST, SILENT] = [11, 12];

  let ended: Ended;
  let server: ModelServer;
  let out: string;
  let records: RunFileRecord[];

  beforeAll(async () => {
    const [beside, secondBest] = [harbor.fleet[SECOND_BEST - 1]!.ship, harbor.fleet[SECOND_BEST]!.ship];
    const questions = harbor.fleet.map(questionAbout);
    questions[SECOND_BEST] = { ...questions[SECOND_BEST]!, question: `Where does ${secondBest} lie beside ${beside}?` };
    harbor.writeQuestions('eval-qa-v2', questions);
    const say = (call: number, text: string) => ({ path: 'chat' as const, from: call, to: call, does: { kind: 'say' as const, text } });
    const reset = (from: number, to: number) => ({ path: 'chat' as const, from, to, does: { kind: 'reset' as const } });
    server = await harbor.serve({
      models: [...SERVED, { id: SECOND, digest: 'sha256:ketch' }],
      faults: [
        // The answer about the ship before it names both of them.
        say(CALL.firstOfCandidate + SECOND_BEST - 1, noteNaming([beside, secondBest, 'lines', 'slack', 'water'])),
        say(CALL.firstOfCandidate + SILENT, ' '),
        say(CALL.overlayOfCandidate, 'I’m sorry, but I can’t help with that.'),
        {
          path: 'chat',
          from: CALL.warmUpOfSecond,
          to: CALL.warmUpOfSecond,
          does: { kind: 'body', body: `<p>${harbor.fleet[0]!.ship}</p>` },
        },
        // Three calls of the first batch of eight, and again in both further attempts, in which nothing else is asked.
        reset(CALL.firstOfSecond, CALL.firstOfSecond + 2),
        reset(CALL.firstOfSecond + 8, CALL.firstOfSecond + 13),
      ],
    });
    const production = await harbor.production();
    out = join(harbor.space.root, 'results', 'two-models.jsonl');
    const options = measure(server, production, '--qa', 'eval-qa-v2', '--judge-model', JUDGE, '--out', out);
    ended = await harbor.bench(['run', '--models', `${CANDIDATE},${SECOND}`, ...options], { env }).ended;
    expect(production.state.isPaused).toBe(false);
    records = readRecords(out);
  });

  const summaryOf = (model: string): ModelSummary =>
    records.find((record): record is ModelSummary => record.record_type === 'model_summary' && record.model.id === model)!;
  const attemptsOf = (model: string, purpose: BenchAttempt['purpose']): BenchAttempt[] =>
    records.filter(
      (record): record is BenchAttempt => record.record_type === 'attempt' && record.model.id === model && record.purpose === purpose,
    );
  const itemsOf = (model: string, mode: RetrievalItem['mode']): (number | null)[] => {
    const { downstream_proxy: proxy } = summaryOf(model);
    return 'per_item' in proxy ? proxy.per_item.filter((item) => item.mode === mode).map(({ rank }) => rank) : [];
  };
  const modeOf = (model: string, mode: RetrievalItem['mode']): object | undefined => {
    const { downstream_proxy: proxy } = summaryOf(model);
    return 'modes' in proxy ? proxy.modes[mode] : undefined;
  };

  test('it ends with 1, for one of the two is refused', () => {
    expect(ended, ended.err).toMatchObject({ code: 1 });
    expect(JSON.parse(ended.out)).toMatchObject({ reason: null, verdicts: { [CANDIDATE]: 'PASS', [SECOND]: 'FAIL' }, exit_code: 1 });
  });

  test('the run file: manifest, attempts and summary of each model, end; keys in order; the same in workspace and --out', () => {
    const shape = records.map((record) =>
      record.record_type === 'attempt' ? `${record.purpose} of ${record.model.id}` : record.record_type,
    );
    const part = (model: string, judged: number): string[] => [
      ...Array<string>(3).fill(`warmup of ${model}`),
      ...Array<string>(EVENTS + 1).fill(`main of ${model}`),
      ...Array<string>(25).fill(`self_consistency of ${model}`),
      ...Array<string>(judged).fill(`judge of ${model}`),
      'model_summary',
    ];
    // The judge reads 20 answers and 2 canaries; what was not answered it is not asked about.
    const unanswered = summaryOf(SECOND).judge?.missing ?? 0;
    expect(shape).toEqual(['run_manifest', ...part(CANDIDATE, 22), ...part(SECOND, 22 - unanswered), 'run_end']);
    const text = readFileSync(out, 'utf8');
    expect(unsortedKeys([{ stern: 1, bow: 2 }])).toEqual(['stern', 'bow']);
    for (const line of text.trimEnd().split('\n')) expect(unsortedKeys(JSON.parse(line))).toEqual([]);
    expect(text).toMatch(/"hit_at_k":\{"1":\d,"10":\d,"3":\d,"5":\d\}/);
    const { run_id } = JSON.parse(ended.out) as BenchRunResult;
    expect(harbor.records(run_id)).toEqual(records);
    expect(records.every((record) => record.run_id === run_id)).toBe(true);
  });

  test('the manifest says what was measured, under which lease', () => {
    const manifest = records[0] as RunManifest;
    expect(manifest).toMatchObject({
      candidate_models: [CANDIDATE, SECOND],
      corpus_version: CORPUS,
      eval_qa_version: 'eval-qa-v2',
      qa_total: EVENTS,
      qa_scoreable: EVENTS,
      qa_filtered_count: 0,
      sampling_seed_mode: 'none',
      temperature: 0.7,
      inference_url: server.url,
      sweep_id: null,
      prod_state_at_start: { brain_pid: 4_000, brain_paused: false },
      judge: { model: JUDGE, sample_size: 20 },
    });
    expect(manifest.overlay_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(manifest.lease).not.toBe(null);
    expect(manifest.preflight_checks.filter(({ status }) => status === 'abort')).toEqual([]);
    expect(records.at(-1) as RunEnd).toMatchObject({
      models_completed: [CANDIDATE, SECOND],
      models_errored: [],
      reason: null,
      prod_brain_resumed_ok: true,
      models_with_prod_restart_event: [],
      interruptions: [],
      exit_code: 1,
    });
  });

  test('gates of the first model, by hand: 29 of 30 answers valid, no refusal among the base events', () => {
    const { gates, tier0_verdict, queue, call_errors, adversarial } = summaryOf(CANDIDATE);
    expect(gates).toMatchObject({
      schema_validity_rate: 29 / 30,
      refusal_rate: 0,
      entity_sanity_mean: 1,
      call_error_rate: {},
      main_attempts_count: 30,
      sc_attempts_count: 25,
    });
    expect('self_consistency_mean' in gates ? gates.self_consistency_mean : null).toBeCloseTo(1, 12);
    expect(tier0_verdict).toEqual({ passed: true, failed_gates: [], skipped_gates: [], notes: [] });
    expect(queue).toEqual({ pending: 0, processing: 0, done: 31, failed: 0, skipped: 0 });
    expect(call_errors).toEqual({});
    expect(adversarial).toMatchObject({ n: 1, gates: { refusal_rate: 1, schema_validity_rate: 0 } });
  });

  test('retrieval of the first model, by hand: 28 found first, one second, one not at all', () => {
    const expected = Array<number | null>(EVENTS).fill(1);
    [expected[SECOND_BEST], expected[SILENT]] = [2, null];
    expect(itemsOf(CANDIDATE, 'lexical')).toEqual(expected);
    expect(modeOf(CANDIDATE, 'lexical')).toEqual({
      hit_at_1: 28 / 30,
      hit_at_3: 29 / 30,
      hit_at_5: 29 / 30,
      hit_at_10: 29 / 30,
      mrr: expect.closeTo(28.5 / 30, 12) as number,
      // A golden in the second place gains 1 / log2(3) = 0.630930.
      ndcg_at_10: expect.closeTo((28 + 0.63093) / 30, 6) as number,
      scored_count: 30,
    });
    // In both arms together, too, nothing comes before an answer that the words alone found first.
    const hybrid = itemsOf(CANDIDATE, 'hybrid');
    expect(hybrid.filter((_, at) => at !== SECOND_BEST)).toEqual(expected.filter((_, at) => at !== SECOND_BEST));
    expect(hybrid[SECOND_BEST]).toBeLessThanOrEqual(2);
  });

  test('judge: 5, 4 and 4 for an answer that names its event, 1 for the silent one', () => {
    const { judge } = summaryOf(CANDIDATE);
    const silent = harbor.fleet[SILENT]!.event_id;
    const means = new Map(judge?.per_item.map(({ event_id, mean }) => [event_id, mean]));
    expect(means.size).toBe(20);
    for (const [event, mean] of means) expect(mean, event).toBeCloseTo(event === silent ? 1 : 13 / 3, 12);
    expect(judge).toMatchObject({ scored: 20, missing: 0, reason: null });
    expect(judge?.mean).toBeCloseTo(means.has(silent) ? (19 * (13 / 3) + 1) / 20 : 13 / 3, 12);
    expect(attemptsOf(CANDIDATE, 'judge')).toHaveLength(22);
  });

  test('G24: three of thirty calls refused stand in no latency, and are told by kind', () => {
    const { gates, tier0_verdict, call_errors, queue, verdict } = summaryOf(SECOND);
    expect(gates).toMatchObject({ schema_validity_rate: 27 / 30, call_error_rate: { connection: 3 / 30 }, main_attempts_count: 30 });
    expect(verdict).toBe('FAIL');
    expect(tier0_verdict).toMatchObject({
      passed: false,
      failed_gates: ['schema_validity_rate', 'queue_failed_items'],
      notes: ['infrastructure'],
    });
    expect(call_errors).toEqual({ connection: 3, protocol: 1 });
    expect(queue).toMatchObject({ done: 28, failed: 3 });
    const failed = attemptsOf(SECOND, 'main').filter(({ call_error_kind: kind }) => kind !== null);
    expect(failed.map(({ event }) => event.event_id)).toEqual(harbor.fleet.slice(0, 3).map(({ event_id }) => event_id));
    expect(failed.map(({ timestamps: { total_ms } }) => total_ms)).toEqual([null, null, null]);
    // What was not answered cannot be found. Of the two ships in one question the golden is the later one, and each answer names but its own.
    const expected = Array<number | null>(EVENTS).fill(1);
    [expected[0], expected[1], expected[2], expected[SECOND_BEST]] = [null, null, null, 2];
    expect(itemsOf(SECOND, 'lexical')).toEqual(expected);
    expect(modeOf(SECOND, 'lexical')).toMatchObject({ hit_at_1: 26 / 30, mrr: expect.closeTo(26.5 / 30, 12) as number, scored_count: 30 });
  });

  test('the result tables hold it', async () => {
    const { run_id } = records[0]!;
    await withBenchResults(harbor.workspace, async (results) => {
      expect((await results.runs()).map((run) => run.run_id)).toContain(run_id);
      expect((await results.models([run_id])).map(({ model_id, verdict }) => `${model_id} ${verdict}`).sort()).toEqual([
        `${CANDIDATE} PASS`,
        `${SECOND} FAIL`,
      ]);
      const found = (await results.retrieval([run_id], 'lexical')).filter(({ model_id }) => model_id === CANDIDATE);
      expect(found.filter(({ rank }) => Number(rank) === 1)).toHaveLength(28);
      expect(await results.judge([run_id])).not.toHaveLength(0);
    });
  });

  test('it is shown as deferred', async () => {
    const { code, out: text } = await harbor.benchHere('summary', out);
    expect(code).toBe(0);
    expect(text).toContain('BT-29 deferred');
  });

  test('--out is refused when the file is there, which stays as it was', async () => {
    const before = readFileSync(out);
    const { code, err } = await harbor.benchHere(...runOf(server, null, '--out', out));
    expect(code).toBe(2);
    expect(err).toContain('expected no such file, found one');
    expect(readFileSync(out)).toEqual(before);
  });

  test('the key goes to the server and nowhere else; events go into no message, log or history', async () => {
    expect(new Set(server.seen.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${API_KEY}`]));
    const history = await engineRecords(harbor.workspace);
    const told = [ended.out, ended.err, logsOf(harbor.workspace), history].join('\n');
    expect(history).toContain(records[0]!.run_id);
    expect(JSON.stringify(server.seen.map(({ body }) => body))).toContain(MARKER);
    // What a broken reply said is not told either.
    const [broken] = attemptsOf(SECOND, 'warmup');
    const errors = [broken?.gates.call_error, ...attemptsOf(SECOND, 'main').map(({ gates }) => gates.call_error)].join('\n');
    expect(broken).toMatchObject({ call_error_kind: 'protocol', raw_output: null, parsed_output: null });
    for (const { ship } of harbor.fleet) expect(errors).not.toContain(ship);
    for (const { ship } of harbor.fleet) expect(told).not.toContain(ship);
    expect(told).not.toContain(MARKER);
    expect(`${told}${readFileSync(out, 'utf8')}`).not.toContain(API_KEY);
  });
});

test('an interrupt stops the judge, too, after its current call; `bench resume` asks for the rest and for nothing else', async () => {
  const measured = 3 + EVENTS + 1 + 25;
  const slow = { path: 'chat' as const, from: measured + 5, to: measured + 6, does: { kind: 'wait' as const, ms: 2_000 } };
  const server = await harbor.serve({ faults: [slow] });
  const command = harbor.bench(runOf(server, null, '--judge-model', JUDGE), { env });
  await until(
    () => chatCalls(server),
    (calls) => calls > measured + 4,
  );
  command.signal('SIGINT');
  const stopped = await command.ended;
  expect(stopped.code, stopped.err).toBe(130);
  const { run_id, reason } = JSON.parse(stopped.out) as BenchRunResult;
  expect(reason).toBe('cancelled');
  expect(chatCalls(server)).toBeLessThan(measured + 22);
  const resumed = await harbor.bench(['resume', run_id, '--json'], { env }).ended;
  expect(resumed.code, resumed.err).toBe(0);
  expect(chatCalls(server)).toBe(measured + 22);
  expect(harbor.records(run_id).at(-2)).toMatchObject({ verdict: 'PASS', judge: { scored: 20, missing: 0 } });
});

describe('preflight', () => {
  const checksOf = (runId: string): Record<string, string> =>
    Object.fromEntries((harbor.records(runId)[0] as RunManifest).preflight_checks.map(({ check, status }) => [check, status]));

  test('PF1, PF3: without questions and without a running production a run goes on and says so', async () => {
    const [server, production] = [await harbor.serve(), await harbor.production()];
    await production.close();
    const options = ['--corpus-version', CORPUS, '--base-url', server.url, '--production-url', production.url];
    const { code, out, err } = await harbor.bench(['run', '--models', CANDIDATE, ...options], { env }).ended;
    expect(code, err).toBe(0);
    expect(out).toContain('not measured');
    const [run_id = ''] = /run-\S+?(?=:)/.exec(out) ?? [];
    const records = harbor.records(run_id);
    expect(checksOf(run_id)).toMatchObject({ prod_reachable: 'warn', qa_scoreable: 'warn' });
    expect(records.at(-2)).toMatchObject({ verdict: 'PASS', downstream_proxy: {} });
    expect(records.at(-1)).toMatchObject({ reason: null, prod_brain_resumed_ok: null, paused_seconds: 0 });
  });

  test.each([
    [
      'PF2, and a host that nobody allowed',
      ['--min-scoreable', '31', '--base-url', 'http://192.0.2.10:8000/v1'],
      ['qa_scoreable', 'url_safe'],
    ],
    [
      'PF5, and an address of metadata',
      ['--corpus-version', 'corpus-old', '--base-url', 'http://2852039166/v1', '--allow-remote-inference'],
      ['corpus_present', 'url_safe'],
    ],
  ])('%s: nothing is paused, every check is recorded, 2', async (_, more, refusals) => {
    const [server, production] = [await harbor.serve(), await harbor.production()];
    if (more.includes('corpus-old')) await makeOldCorpus();
    const { code, out, err } = await harbor.bench(runOf(server, production, ...more), { env }).ended;
    expect(code, err).toBe(2);
    const result = JSON.parse(out) as BenchRunResult;
    expect(result).toMatchObject({ reason: 'preflight_aborted', exit_code: 2 });
    const checks = checksOf(result.run_id);
    expect(Object.keys(checks)).toHaveLength(14);
    for (const check of refusals) {
      expect(checks[check]).toBe('abort');
      expect(result.detail).toContain(`${check}: `);
    }
    expect(harbor.records(result.run_id).map(({ record_type }) => record_type)).toEqual(['run_manifest', 'run_end']);
    expect([server.seen.length, production.count('pause')]).toEqual([0, 0]);
  });

  test('no notation of an address of metadata is called', async () => {
    const world = createBenchWorld({ workspace: harbor.workspace, workspaceId: 'harbor', env: {}, program: [] });
    const settings = { allow_remote_inference: true, allowed_hosts: ['169.254.169.254'] } as unknown as BenchRunSettings;
    const hosts = ['169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '[::ffff:169.254.169.254]', '[::ffff:a9fe:a9fe]'];
    for (const host of hosts) expect(await world.judgeUrl(settings, `http://${host}/v1`), host).toHaveProperty('refused');
    expect(await world.judgeUrl(settings, 'http://192.0.2.10/v1')).toEqual({ where: 'remote' });
  });

  test('a dry run stops before anything is measured', async () => {
    const [server, production] = [await harbor.serve(), await harbor.production()];
    const { code, out, err } = await harbor.bench(runOf(server, production, '--dry-run'), { env }).ended;
    expect(code, err).toBe(0);
    const { run_id, reason } = JSON.parse(out) as BenchRunResult;
    expect(reason).toBe('dry_run');
    expect(harbor.records(run_id).map(({ record_type }) => record_type)).toEqual(['run_manifest', 'run_end']);
    expect(server.seen.filter(({ path }) => path !== 'models')).toEqual([]);
    expect(production.count('pause')).toBe(0);
  });

  /** The same corpus, of a schema that is not known. */
  async function makeOldCorpus(): Promise<void> {
    const { code, err } = await harbor.benchHere(...harbor.corpusOf('corpus-old'));
    expect(code, err).toBe(0);
    const path = join(harbor.workspace, 'lake', 'bench', 'corpora', 'corpus-old', 'manifest.json');
    writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), schema_version: 'bench-corpus/0' }));
  }
});

describe('usage', () => {
  const run = (...more: string[]): ReturnType<BenchHarbor['benchHere']> =>
    harbor.benchHere('run', '--corpus-version', CORPUS, '--qa', QUESTIONS, '--no-production', '--embedding-model', 'embed-small', ...more);

  test.each([
    ['no model', ['--models', ','], 'reading --models: expected at least one model, found none'],
    ['a lease too short', ['--models', CANDIDATE, '--ttl', '60s'], 'reading --ttl: expected at least 3 x 30 s = 90 s, found 60 s'],
    ['a key in the URL', ['--models', CANDIDATE, '--base-url', 'http://127.0.0.1:1/v1?key=anchor'], 'expected a URL without user'],
  ])('%s', async (_, more, words) => {
    const { code, err } = await run(...more);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).not.toContain('anchor');
  });
});

/** Keys of objects that do not stand in the order of their code points, at any depth. Those of digits are left out: JavaScript puts them first. */
function unsortedKeys(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(unsortedKeys);
  const keys = Object.keys(value).filter((key) => !/^\d+$/.test(key));
  const sorted = [...keys].sort();
  return [...keys.filter((key, at) => key !== sorted[at]), ...Object.values(value).flatMap(unsortedKeys)];
}
