import { describe, expect, test } from 'vitest';
import { judgeModel, MODEL_FAULTS, type ModelFacts } from '../../../../domain/bench/gates/judge-model.ts';
import { isMostlyInfrastructure, measureGates } from '../../../../domain/bench/gates/measure-gates.ts';
import { DEFAULT_GATE_THRESHOLDS } from '../../../../domain/bench/gates/thresholds.ts';
import { answered, failed, times } from './attempts.ts';

const AT_THRESHOLD = {
  schema_validity_rate: 0.95,
  refusal_rate: 0,
  echo_similarity_max: 0.5,
  latency_p95_ms: 60_000,
  self_consistency_mean: 0.7,
  entity_sanity_mean: 0.9,
};

function judge(gates: ModelFacts['gates'] = {}, facts: Partial<ModelFacts> = {}) {
  return judgeModel({
    gates: { ...AT_THRESHOLD, ...gates },
    thresholds: DEFAULT_GATE_THRESHOLDS,
    faults: [],
    isInfrastructure: false,
    ...facts,
  });
}

test('G1: every gate exactly at its threshold', () => {
  expect(judge()).toEqual({ verdict: 'PASS', tier0_verdict: { passed: true, failed_gates: [], skipped_gates: [], notes: [] } });
});

test.each([
  ['schema_validity_rate', 0.9499],
  ['refusal_rate', 0.005],
  ['echo_similarity_max', 0.5001],
  ['latency_p95_ms', 60_001],
  ['self_consistency_mean', 0.6999],
  ['entity_sanity_mean', 0.8999],
])('G2: %s at %d', (gate, value) => {
  const { verdict, tier0_verdict } = judge({ [gate]: value });
  expect(verdict).toBe('FAIL');
  expect(tier0_verdict).toMatchObject({ passed: false, failed_gates: [gate] });
});

test('G3: self-consistency null, others good', () => {
  expect(judge({ self_consistency_mean: null })).toMatchObject({
    verdict: 'PASS',
    tier0_verdict: { skipped_gates: ['self_consistency_mean'] },
  });
  expect(judge({ entity_sanity_mean: null }).verdict).toBe('PASS');
});

test.each([Number.NaN, Infinity, -Infinity, '0.99', true, [1], {}])('G5: a gate that is %s fails, whichever it is', (value) => {
  for (const gate of Object.keys(AT_THRESHOLD)) {
    expect(judge({ [gate]: value })).toMatchObject({ verdict: 'FAIL', tier0_verdict: { failed_gates: [gate], skipped_gates: [] } });
  }
});

test('G6: no main attempts fail by schema validity alone', () => {
  const gates = measureGates([], { mean: null, min: null });
  expect(gates.schema_validity_rate).toBe(0);
  const { verdict, tier0_verdict } = judgeModel({ gates, thresholds: DEFAULT_GATE_THRESHOLDS, faults: [], isInfrastructure: false });
  expect(verdict).toBe('FAIL');
  expect(tier0_verdict.failed_gates).toEqual(['schema_validity_rate']);
  expect(tier0_verdict.skipped_gates).toHaveLength(5);
});

test('G24: refused calls fail the model with a note', () => {
  const attempts = [...times(90, answered()), ...times(10, failed('connection'))];
  const facts = { faults: [], thresholds: DEFAULT_GATE_THRESHOLDS, isInfrastructure: isMostlyInfrastructure(attempts) };
  const judged = judgeModel({ ...facts, gates: measureGates(attempts, { mean: 1, min: 1 }) });
  expect(judged).toMatchObject({ verdict: 'FAIL', tier0_verdict: { failed_gates: ['schema_validity_rate'], notes: ['infrastructure'] } });
});

describe('gates that were not measured', () => {
  test.each(['schema_validity_rate', 'refusal_rate', 'echo_similarity_max', 'latency_p95_ms'])('%s null is inconclusive', (gate) => {
    expect(judge({ [gate]: null })).toMatchObject({ verdict: 'INCONCLUSIVE', tier0_verdict: { passed: false, skipped_gates: [gate] } });
    expect(judge({ [gate]: undefined }).verdict).toBe('INCONCLUSIVE');
  });

  test('a failed gate decides over one that was not measured', () => {
    expect(judge({ refusal_rate: null, latency_p95_ms: 60_001 }).verdict).toBe('FAIL');
  });

  test('no gate at all is never a pass', () => {
    const judged = judgeModel({ gates: {}, thresholds: DEFAULT_GATE_THRESHOLDS, faults: [], isInfrastructure: false });
    expect(judged).toMatchObject({ verdict: 'INCONCLUSIVE', tier0_verdict: { passed: false } });
  });
});

test.each(MODEL_FAULTS)('%s fails a model with good gates', (fault) => {
  expect(judge({}, { faults: [fault] })).toMatchObject({ verdict: 'FAIL', tier0_verdict: { passed: false, failed_gates: [fault] } });
});

test('other thresholds are inclusive, too', () => {
  const thresholds = { ...DEFAULT_GATE_THRESHOLDS, refusal_max: 0.02 };
  expect(judge({ refusal_rate: 0.02 }, { thresholds }).verdict).toBe('PASS');
  expect(judge({ refusal_rate: 0.0201 }, { thresholds }).verdict).toBe('FAIL');
});
