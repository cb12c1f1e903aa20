import { expect, test } from 'vitest';
import { countCallErrors, isMostlyInfrastructure, measureGates } from '../../../../domain/bench/gates/measure-gates.ts';
import { measureSources } from '../../../../domain/bench/gates/measure-sources.ts';
import { answered, failed, times } from './attempts.ts';
import { shellText } from './outputs.ts';

const UNTESTED = { mean: null, min: null };
const INVALID = 'The tide model ran.';

test('G7: self-consistency calls do not count in rates', () => {
  const gates = measureGates([...times(2, answered()), ...times(3, answered(INVALID, { purpose: 'self_consistency' }))], UNTESTED);
  expect(gates).toMatchObject({ schema_validity_rate: 1, main_attempts_count: 2, sc_attempts_count: 3 });
});

test('adversarial events enter no headline number, and have numbers of their own', () => {
  const attempts = [
    ...times(2, answered()),
    ...times(3, answered(INVALID, { stratum: 'adversarial' })),
    failed('connection', { stratum: 'adversarial' }),
  ];
  expect(measureGates(attempts, UNTESTED)).toMatchObject({ schema_validity_rate: 1, main_attempts_count: 2, call_error_rate: {} });
  expect(measureGates(attempts, UNTESTED, 'adversarial')).toMatchObject({
    schema_validity_rate: 0,
    main_attempts_count: 4,
    call_error_rate: { connection: 0.25 },
  });
  expect(isMostlyInfrastructure(attempts)).toBe(false);
  expect(measureSources(attempts, [], new Map()).shell).toMatchObject({ n: 2, gates: { schema_validity_rate: 1 } });
});

test('G9: the 95th percentile of six latencies is the largest', () => {
  const attempts = [100, 200, 300, 400, 500, 10_000].map((total_ms) =>
    answered(shellText(), { timestamps: { start_ts_ms: 0, ttft_ms: null, total_ms } }),
  );
  expect(measureGates(attempts, UNTESTED)).toMatchObject({ latency_p95_ms: 10_000, latency_p99_ms: 10_000, latency_p50_ms: 300 });
});

test('G24: failed calls stay out of latency, are counted by kind, and are invalid', () => {
  const attempts = [
    ...times(90, answered()),
    ...times(10, failed('connection', { timestamps: { start_ts_ms: 0, ttft_ms: null, total_ms: 1 } })),
  ];
  const gates = measureGates(attempts, UNTESTED);
  expect(gates).toMatchObject({
    schema_validity_rate: 0.9,
    latency_p50_ms: 100,
    latency_p95_ms: 100,
    refusal_rate: 0,
    main_attempts_count: 100,
  });
  expect(gates.call_error_rate).toEqual({ connection: 0.1 });
  expect(isMostlyInfrastructure(attempts)).toBe(true);
});

test('without main calls validity is 0 and everything else unknown', () => {
  expect(measureGates([], UNTESTED)).toEqual({
    schema_validity_rate: 0,
    refusal_rate: null,
    echo_similarity_max: null,
    latency_p50_ms: null,
    latency_p95_ms: null,
    latency_p99_ms: null,
    self_consistency_mean: null,
    self_consistency_min: null,
    entity_sanity_mean: null,
    trivial_summary_count: 0,
    call_error_rate: {},
    main_attempts_count: 0,
    sc_attempts_count: 0,
  });
});

test('refusals are a share of the calls that came back', () => {
  const attempts = [answered("I'm sorry, I can't."), ...times(3, answered()), ...times(6, failed('timeout'))];
  expect(measureGates(attempts, UNTESTED)).toMatchObject({ refusal_rate: 0.25, schema_validity_rate: 0.3 });
});

test('entity sanity is a mean of means over the answers that name something', () => {
  const halfSane = answered(shellText({ entities: { files: ['Makefile', 'the tide table'], tools: ['make'] } }));
  const silent = answered(shellText({ entities: {} }));
  expect(measureGates([halfSane, silent, answered()], UNTESTED).entity_sanity_mean).toBe((0.75 + 1) / 2);
  expect(measureGates([silent], UNTESTED).entity_sanity_mean).toBeNull();
});

test('the largest echo and the trivial summaries', () => {
  const gates = measureGates([answered(), answered(shellText({ summary: 'ok.' })), answered('make tides')], UNTESTED);
  expect(gates).toMatchObject({ echo_similarity_max: 1, trivial_summary_count: 1 });
});

test('errors of every purpose are counted, also where only the timeout was recorded', () => {
  const attempts = [
    failed('http_429'),
    failed('http_429', { purpose: 'warmup' }),
    failed('timeout', { call_error_kind: null }),
    answered(),
  ];
  expect(countCallErrors(attempts)).toEqual({ http_429: 2, timeout: 1 });
});

test.each([
  ['more than half on the way to the model', [...times(2, failed('http_5xx')), failed('timeout')], true],
  ['half of them', [failed('http_429'), failed('timeout')], false],
  ['mostly bad answers', [failed('connection'), ...times(2, answered(INVALID))], false],
  ['no failure at all', [answered()], false],
])('infrastructure: %s', (_, attempts, expected) => {
  expect(isMostlyInfrastructure(attempts)).toBe(expected);
});

test('every source by itself, marked as small below ten', () => {
  const page = { event: { event_id: 'browser-1', source: 'browser', content_hash: '0'.repeat(64) } };
  const attempts = [...times(10, answered()), ...times(9, answered(INVALID, page))];
  const vectors = [
    {
      event_id: 'browser-1',
      source: 'browser',
      vectors: [
        [1, 0],
        [0, 1],
      ],
    },
  ];
  const means = { hit_at_1: 1, hit_at_3: 1, hit_at_5: 1, hit_at_10: 1, mrr: 1, ndcg_at_10: 1, scored_count: 4 };
  const parts = measureSources(attempts, vectors, new Map([['shell', { hybrid: means }]]));
  expect(Object.keys(parts)).toEqual(['browser', 'shell']);
  expect(parts.shell).toMatchObject({
    n: 10,
    small: false,
    gates: { schema_validity_rate: 1, self_consistency_mean: null },
    modes: { hybrid: means },
  });
  expect(parts.browser).toMatchObject({ n: 9, small: true, gates: { schema_validity_rate: 0, self_consistency_mean: 0 }, modes: {} });
});
