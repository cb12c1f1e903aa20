import { expect, test } from 'vitest';
import { endOfAnswers, endOfDrift, endOfSweep } from '../../../domain/probe/index.ts';
import type { DriftReport } from '../../../schemas/drift-report.ts';

test.each([
  ['over_budget', 'budget_exceeded'],
  ['invalid', 'error'],
  ['degraded', 'error'],
] as const)('answers that were %s end a probe with %s, and the reasons are kept', (verdict, outcome) => {
  expect(endOfAnswers({ verdict, reasons: ['the ferry was late'] })).toEqual({
    outcome,
    exit_code: 2,
    detail: `the answers were ${verdict}; the ferry was late`,
  });
});

test('answers that were accepted end nothing', () => {
  expect(endOfAnswers({ verdict: 'accepted', reasons: [] })).toBeNull();
});

const drift = (changes: Partial<DriftReport>): DriftReport => ({
  schema: 'drift-report/1',
  run_id: 'two',
  against: 'one',
  severity: 'ok',
  reason: 'same input, config, code and rules; same result',
  metrics: [],
  ...changes,
});

test('drift from the run before decides; the first run says nothing, and a refused one is no pass', () => {
  expect(endOfDrift('accepted', drift({}))).toEqual({ outcome: 'pass', exit_code: 0, detail: null });
  expect(endOfDrift('accepted', drift({ against: null, reason: 'this is the first run' }))).toMatchObject({
    outcome: 'inconclusive',
    exit_code: 2,
    detail: 'this is the first run',
  });
  const metrics: DriftReport['metrics'] = [
    { metric: 'sft', old: 400, new: 200, change: -0.5, severity: 'warn', reason: 'moved by -200, chance explains 48.0' },
    { metric: 'rag', old: 10, new: 10, change: 0, severity: 'ok', reason: 'within 20 %' },
  ];
  expect(endOfDrift('accepted', drift({ severity: 'warn', reason: 'the input changed', metrics }))).toMatchObject({
    outcome: 'fail',
    exit_code: 1,
    detail: 'drift warn against one: the input changed; sft moved by -200, chance explains 48.0',
  });
  expect(endOfDrift('refused', drift({}))).toMatchObject({ outcome: 'fail', exit_code: 1 });
});

test('a bench without a verdict is an error, not a pass', () => {
  expect(endOfSweep({ overall: 'PASS', detail: '' })).toMatchObject({ outcome: 'pass' });
  expect(endOfSweep({ overall: 'FAIL', detail: 'mrr lay apart' })).toMatchObject({ outcome: 'fail', detail: 'mrr lay apart' });
  expect(endOfSweep({ overall: null, detail: 'preflight_aborted' })).toMatchObject({
    outcome: 'error',
    exit_code: 2,
    detail: 'preflight_aborted',
  });
});
