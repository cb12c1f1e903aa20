import { describe, expect, test } from 'vitest';
import {
  correctnessThresholds,
  judgeCorrectness,
  judgeGates,
  judgeRegression,
  NOT_ASKED,
  regressionThresholds,
  suggestThresholds,
} from '../../../domain/gate/index.ts';
import type { CorrectnessSummary, GateReport } from '../../../schemas/gate-report.ts';
import type { ReplaySummary } from '../../../schemas/replay-report.ts';

const STEADY: ReplaySummary = {
  rows_total: 4,
  rows_replayed: 4,
  rows_skipped: 0,
  rows_errored: 0,
  mean_jaccard: 1,
  top1_stability_rate: 1,
  mean_latency_delta_ms: 0,
  rows_over_2x_latency: 0,
  mean_jaccard_strict: 1,
  top1_stability_strict: 1,
  mean_rbo: 1,
  rows_degraded: 0,
  p50_latency_ms: 10,
  p95_latency_ms: 10,
  knob_hash: 'k',
  corpus_hash: 'c',
};

const LIMITS = regressionThresholds({}, undefined);

function breachesOf(change: Partial<ReplaySummary>, evidence: Partial<Parameters<typeof judgeRegression>[2]> = {}, limits = LIMITS) {
  const usual = { baselineMeanMs: 100, hasFoundNothing: false, lastError: null, isDegradedAllowed: false };
  return judgeRegression({ ...STEADY, ...change }, limits, { ...usual, ...evidence });
}

function metricsOf(...given: Parameters<typeof breachesOf>): string[] {
  return breachesOf(...given).breaches.map(({ metric }) => metric);
}

describe('the regression gate', () => {
  test('passes what did not move, and what lies on a limit', () => {
    expect(metricsOf({})).toEqual([]);
    expect(metricsOf({ mean_jaccard_strict: 0.85, top1_stability_strict: 0.8 })).toEqual([]);
  });

  test('compares the strict figures', () => {
    expect(metricsOf({ mean_jaccard_strict: 0.8499, mean_jaccard: 1 })).toEqual(['mean_jaccard']);
    expect(metricsOf({ top1_stability_strict: 0.7999, top1_stability_rate: 1 })).toEqual(['top1_stability_rate']);
  });

  test.each([null, Number.NaN])('never passes %s', (value) => {
    expect(metricsOf({ mean_jaccard_strict: value })).toEqual(['mean_jaccard']);
    expect(metricsOf({ top1_stability_strict: value })).toEqual(['top1_stability_rate']);
    expect(metricsOf({ mean_latency_delta_ms: value })).toEqual(['latency_ratio']);
  });

  test('GAT-8: rows that errored, or none that was replayed, are breaches of their own', () => {
    expect(breachesOf({ rows_errored: 1 }, { lastError: 'the quay is closed' }).breaches).toEqual([
      { metric: 'rows_errored', observed: 1, threshold: 0, error_tail: 'the quay is closed', failure_origin: 'result' },
    ]);
    expect(metricsOf({ rows_replayed: 0, rows_skipped: 4, mean_jaccard_strict: null, top1_stability_strict: null })).toEqual([
      'no_rows_replayed',
      'mean_jaccard',
      'top1_stability_rate',
    ]);
  });

  test('a baseline of nothing does not pass an engine that finds nothing', () => {
    expect(breachesOf({}, { hasFoundNothing: true }).breaches).toMatchObject([{ metric: 'mean_jaccard', reason: 'nothing_found' }]);
  });

  test('rows that lost a stage keep the gate from judging, unless that is allowed', () => {
    expect(breachesOf({ rows_degraded: 1 }).breaches).toMatchObject([{ metric: 'rows_degraded', failure_origin: 'system' }]);
    expect(metricsOf({ rows_degraded: 1 }, { isDegradedAllowed: true })).toEqual([]);
  });

  test.each([
    // baseline, change, multiplier, floor: breached?
    [100, 100, 2, 50, false],
    [100, 100.1, 2, 50, true],
    [26.75, 50, 2, 50, false],
    [26.75, 50.1, 2, 50, true],
    [10, 11, 2, 0, true],
    [10, 10, 2, 0, false],
    [10, -1, 0.5, 0, true],
    [10, -6, 0.5, 0, false],
    [10, 60, 8, 50, false],
  ])(
    'a mean of %f ms that changes by %f breaches x%f with a floor of %f: %s',
    (baselineMeanMs, delta, latency_multiplier, latency_floor_ms, isBreached) => {
      const judged = breachesOf({ mean_latency_delta_ms: delta }, { baselineMeanMs }, { ...LIMITS, latency_multiplier, latency_floor_ms });
      expect(judged.latencyRatio).toBeCloseTo((baselineMeanMs + delta) / baselineMeanMs, 12);
      expect(judged.breaches.some(({ metric }) => metric === 'latency_ratio')).toBe(isBreached);
    },
  );

  test.each([0, -1, null, Number.NaN, Number.POSITIVE_INFINITY])(
    'GAT-6: with a mean of %s in the baseline, latency is skipped and said to be',
    (mean) => {
      expect(breachesOf({ mean_latency_delta_ms: 1e9 }, { baselineMeanMs: mean })).toEqual({
        breaches: [],
        latencyRatio: null,
        isLatencySkipped: true,
      });
    },
  );

  test('limits come from the command line, then the baseline, then what is built in', () => {
    expect(LIMITS).toEqual({ jaccard: 0.85, top1: 0.8, latency_multiplier: 2, latency_floor_ms: 50 });
    const carried = { jaccard: 0.9, top1: 0, latency_multiplier: null };
    expect(regressionThresholds({ jaccard: 0 }, carried)).toEqual({ jaccard: 0, top1: 0, latency_multiplier: 2, latency_floor_ms: 50 });
  });
});

const FOUND: CorrectnessSummary = {
  k: 10,
  queries_total: 2,
  queries_run: 2,
  queries_errored: 0,
  queries_degraded: 0,
  mean_recall_at_k: 1,
  mean_recall_at_k_strict: 1,
  first_relevant_hit_rate: 1,
  expected_top1_hit_rate: 1,
  expected_top1_denominator: 2,
};

describe('the correctness gate', () => {
  const metrics = (change: Partial<CorrectnessSummary>, isDegradedAllowed = false): string[] =>
    judgeCorrectness({ ...FOUND, ...change }, correctnessThresholds({}), { lastError: null, isDegradedAllowed }).map(
      ({ metric }) => metric,
    );

  test('compares strict recall and the two rates with their limits', () => {
    expect(metrics({})).toEqual([]);
    expect(metrics({ mean_recall_at_k_strict: 0.7, first_relevant_hit_rate: 0.6, expected_top1_hit_rate: 0.5 })).toEqual([]);
    expect(metrics({ mean_recall_at_k_strict: 0.69 })).toEqual(['mean_recall_at_k']);
    expect(metrics({ first_relevant_hit_rate: 0.59 })).toEqual(['first_relevant_hit_rate']);
    expect(metrics({ expected_top1_hit_rate: 0.49 })).toEqual(['expected_top1_hit_rate']);
    expect(metrics({ queries_errored: 1 })).toEqual(['queries_errored']);
  });

  test('never passes what is missing, and judges the expected first place only where one is expected', () => {
    expect(metrics({ mean_recall_at_k_strict: null, first_relevant_hit_rate: Number.NaN, expected_top1_hit_rate: null })).toHaveLength(3);
    expect(metrics({ expected_top1_hit_rate: null, expected_top1_denominator: 0 })).toEqual([]);
  });

  test('queries that lost a stage keep it from judging, unless that is allowed', () => {
    expect(metrics({ queries_degraded: 2 })).toEqual(['queries_degraded']);
    expect(metrics({ queries_degraded: 2 }, true)).toEqual([]);
  });
});

describe('the verdict', () => {
  const failed = { ran: true, breaches: [{ metric: 'mean_jaccard', failure_origin: 'result' }] } as const;
  const unread = { ran: false, breaches: [{ metric: 'qrels_parse', reason: 'qrels_unreadable', failure_origin: 'input' }] } as const;
  const passed = { ran: true, breaches: [] };

  test('is pass only when every gate that was asked for ran and has no breach; what nobody can tell counts before what failed', () => {
    expect(judgeGates(passed, NOT_ASKED)).toBe('pass');
    expect(judgeGates(passed, passed)).toBe('pass');
    expect(judgeGates({ ...failed, breaches: [...failed.breaches] }, passed)).toBe('fail');
    expect(judgeGates({ ...failed, breaches: [...failed.breaches] }, { ...unread, breaches: [...unread.breaches] })).toBe('error');
    expect(judgeGates(NOT_ASKED, NOT_ASKED)).toBe('error');
    expect(judgeGates({ ran: false, breaches: [] }, passed)).toBe('error');
  });
});

test('suggested limits are what nine in ten passing runs would pass', () => {
  const run = (verdict: GateReport['verdict'], jaccard: number, ratio: number): Omit<GateReport, '_meta'> => ({
    schema_version: 1,
    verdict,
    regression_gate: {
      ran: true,
      summary: { ...STEADY, mean_jaccard_strict: jaccard, top1_stability_strict: 1 - jaccard },
      latency_ratio: ratio,
    },
    correctness_gate: NOT_ASKED,
    meta: {} as GateReport['meta'],
  });
  // Eleven values from 0.9 to 1.0: the 10th percentile is the second smallest, the 90th the second largest.
  const runs = Array.from({ length: 11 }, (_, at) => run('pass', (90 + at) / 100, 1 + at / 10));
  expect(suggestThresholds([...runs, run('fail', 0, 99)])).toEqual({
    jaccard: 0.91,
    top1: 1 - 0.99,
    latency_multiplier: 1.9,
    runs: 12,
    passing_runs: 11,
  });
  expect(suggestThresholds([run('fail', 1, 1)])).toBeNull();
});
