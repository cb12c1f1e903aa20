import { expect, test } from 'vitest';
import { sumUpCell, type SuiteRow } from '../../../domain/suites/index.ts';

function row(changes: Partial<SuiteRow> = {}): SuiteRow {
  return {
    outcome: 'scored',
    metrics: { mrr: 1 },
    degraded: [],
    knob_hash: 'a1b2',
    corpus_hash: 'beef',
    usage: { input_tokens: 10, output_tokens: 2 },
    cost_usd: 0.25,
    latency_ms: 10,
    ...changes,
  } as SuiteRow;
}

const LENIENT = { allowsDegraded: true, isVectorAsked: true };
const STRICT = { allowsDegraded: false, isVectorAsked: true };
const rows = (count: number, changes?: Partial<SuiteRow>): SuiteRow[] => Array.from({ length: count }, () => row(changes));

test('means are over the questions that have a value, and all six outcomes are counted', () => {
  const sum = sumUpCell([row(), row({ metrics: { mrr: 0.5 } }), row({ metrics: { mrr: null }, outcome: 'abstention' })], STRICT);
  expect(sum).toMatchObject({ status: 'completed', error: null, metrics: { mrr: 0.75, p50_latency_ms: 10 }, cost_usd: 0.75 });
  expect(sum.counts).toEqual({ scored: 2, system_failure: 0, harness_error: 0, skipped_budget: 0, malformed: 0, abstention: 1 });
  expect(sum.usage).toEqual({ input_tokens: 30, output_tokens: 6 });
});

test('up to a tenth of questions may fail for a fault of ours, and not one more', () => {
  const failed = { outcome: 'harness_error', metrics: { mrr: 0 } } as const;
  expect(sumUpCell([...rows(9), row(failed)], STRICT)).toMatchObject({ status: 'completed', metrics: { mrr: 0.9 } });
  expect(sumUpCell([...rows(8), row(failed), row(failed)], STRICT).status).toBe('failed');
});

test('nothing can be said where no question was asked, or every one failed', () => {
  expect(sumUpCell([], STRICT)).toMatchObject({ status: 'failed', error: 'no question was asked', metrics: { p50_latency_ms: null } });
  expect(sumUpCell(rows(3, { outcome: 'system_failure', metrics: { mrr: 0 } }), STRICT).status).toBe('failed');
});

test('questions that could not be paid for make the cell over budget', () => {
  expect(sumUpCell([...rows(2), row({ outcome: 'skipped_budget', metrics: { mrr: null } })], STRICT)).toMatchObject({
    status: 'over_budget',
    error: '1 of 3 questions could not be paid for',
    metrics: { mrr: 1 },
  });
});

test('a stage that was asked for and did not run makes the cell fail, unless that is allowed', () => {
  for (const state of ['embedding_failed', 'no_embedder']) {
    const lacking = [...rows(2), row({ degraded: [state] })];
    expect(sumUpCell(lacking, STRICT).status).toBe('failed');
    expect(sumUpCell(lacking, LENIENT)).toMatchObject({ status: 'completed', degraded: { [state]: 1 } });
  }
  expect(sumUpCell(rows(2, { degraded: ['no_embedder'] }), { allowsDegraded: false, isVectorAsked: false }).status).toBe('completed');
});

test('a hash that rows do not agree on is none', () => {
  expect(sumUpCell([row(), row({ knob_hash: 'c3d4' })], STRICT)).toMatchObject({ knob_hash: null, corpus_hash: 'beef' });
});
