import { describe, expect, test } from 'vitest';
import { compareBaselines, latestAccepted, type Baseline } from '../../../domain/audit/index.ts';
import type { AuditMetrics } from '../../../schemas/audit-baseline.ts';

const METRICS: AuditMetrics = {
  p2_evidence_rows: 1000,
  p2_quarantined: 10,
  p3_accepted: 400,
  p3_partially_accepted: 1,
  p3_rejected: 500,
  p3_needs_human_review: 0,
  p4_rag_rows: 400,
  p4_sft_rows: 390,
  p4_preference_pairs: 50,
  p4_total_quarantined: 1700,
};

function baseline(more: Partial<Baseline> = {}): Baseline {
  return { seq: 3, run_id: 'run-3', recorded_at: '2026-03-02T06:00:00Z', verdict: 'accepted', metrics: METRICS, ...more };
}

function moved(changes: Partial<AuditMetrics>) {
  const drift = compareBaselines({ ...METRICS, ...changes }, baseline());
  return { severity: drift.severity, of: (name: string) => drift.metrics.find(({ metric }) => metric === name)! };
}

describe('a number warns when it changed by more than 20 % and by more than chance explains', () => {
  test.each([
    // After 1,000 chance explains 1.96 * sqrt(2,000) = 88 either way, and 20 % are 200.
    ['p2_evidence_rows', 1150, 'ok', 'within 20 %'],
    ['p2_evidence_rows', 1200, 'ok', 'within 20 %'],
    ['p2_evidence_rows', 1201, 'warn', 'more than 20 %, and more than chance explains'],
    ['p2_evidence_rows', 799, 'warn', 'more than 20 %, and more than chance explains'],
    // After 10 the interval is 3 to 22 (test/domain/stats/poisson.test.ts): twice as much is chance, 23 is not, nor is 2.
    ['p2_quarantined', 20, 'ok', 'within what chance explains'],
    ['p2_quarantined', 22, 'ok', 'within what chance explains'],
    ['p2_quarantined', 23, 'warn', 'more than 20 %, and more than chance explains'],
    ['p2_quarantined', 2, 'warn', 'more than 20 %, and more than chance explains'],
    // After 1 up to 7 are chance, although that is seven times as much; after 0 up to 5.
    ['p3_partially_accepted', 7, 'ok', 'within what chance explains'],
    ['p3_partially_accepted', 8, 'warn', 'more than 20 %, and more than chance explains'],
    ['p3_needs_human_review', 5, 'ok', 'within what chance explains'],
    ['p3_needs_human_review', 6, 'warn', 'more than 20 %, and more than chance explains'],
  ] as const)('%s to %i: %s', (metric, count, severity, reason) => {
    const drift = moved({ [metric]: count });
    expect(drift.of(metric)).toMatchObject({ new: count, severity, reason });
    expect(drift.severity).toBe(severity);
  });
});

test('both values are told: the change and the interval', () => {
  expect(moved({ p2_quarantined: 23 }).of('p2_quarantined')).toMatchObject({ old: 10, change: 1.3, low: 3, high: 22 });
  expect(moved({ p3_needs_human_review: 6 }).of('p3_needs_human_review')).toMatchObject({ old: 0, change: null, low: 0, high: 5 });
});

test('what could not be counted is no change', () => {
  expect(moved({ p4_sft_rows: null }).of('p4_sft_rows')).toMatchObject({
    new: null,
    change: null,
    severity: 'ok',
    reason: 'this audit could not count it',
  });
});

test('the first baseline is compared with nothing', () => {
  expect(compareBaselines(METRICS, undefined)).toMatchObject({ against: null, severity: 'ok', metrics: [] });
});

test('the latest accepted baseline is compared with, not a refused one after it', () => {
  const rows = [baseline({ seq: 1 }), baseline({ seq: 2 }), baseline({ seq: 3, verdict: 'refused' })];
  expect(latestAccepted(rows)?.seq).toBe(2);
  expect(latestAccepted([baseline({ verdict: 'refused' })])).toBeUndefined();
});
