import { AUDIT_CHECKS, compareBaselines } from '../../../domain/audit/index.ts';
import type { AuditMetrics } from '../../../schemas/audit-baseline.ts';
import { auditReportSchema, type AuditReport } from '../../../schemas/audit-report.ts';

/** Text that breaks out of any place it is not escaped for. */
export const HOSTILE = `</td><script>alert("tide")</script><img src=x onerror=alert(1)> | ' " & \u202e\u001b[31m`;

const METRICS: AuditMetrics = {
  p2_evidence_rows: 100,
  p2_quarantined: 4,
  p3_accepted: 60,
  p3_partially_accepted: 5,
  p3_rejected: 30,
  p3_needs_human_review: 5,
  p4_rag_rows: 65,
  p4_sft_rows: 60,
  p4_preference_pairs: 20,
  p4_total_quarantined: 160,
};

function baselineRow(seq: number, metrics: AuditMetrics): AuditReport['baselines'][number] {
  return {
    schema: 'audit-baseline/1',
    recorded_at: `2026-03-0${seq}T06:00:00.000Z`,
    run_id: `2026030${seq}T050000000Z-a1b2c3`,
    verdict: 'accepted',
    failed: [],
    metrics,
    against: seq === 1 ? null : seq - 1,
    severity: 'ok',
    code_version: '0.1.0',
    seq,
    prev_hash: String(seq - 1).repeat(64),
    row_hash: String(seq).repeat(64),
  };
}

/** The third audit of a harbor's traces: half of the accepted rows are gone, and one check failed on a row that means harm. */
export function auditReport(): AuditReport {
  const now: AuditMetrics = { ...METRICS, p3_accepted: 20, p4_sft_rows: 20 };
  const earlier = [baselineRow(1, METRICS), baselineRow(2, METRICS)];
  const drift = compareBaselines(now, earlier[1]);
  const own = { ...baselineRow(3, now), verdict: 'refused' as const, failed: [11], severity: drift.severity };
  return auditReportSchema.parse({
    schema: 'audit-report/1',
    run_id: own.run_id,
    recorded_at: own.recorded_at,
    duration_ms: 4_200,
    code_version: '0.1.0',
    verdict: 'refused',
    passed: 15,
    checks: AUDIT_CHECKS.map((check) => {
      const isFailed = check.number === 11;
      const findings = isFailed ? [{ where: HOSTILE, expected: HOSTILE, found: `=HYPERLINK("x") ${HOSTILE}` }] : [];
      return {
        ...check,
        state: isFailed ? 'failed' : 'passed',
        looked_at: isFailed ? HOSTILE : '100 rows',
        findings,
        findings_total: isFailed ? 7 : 0,
        warnings: check.number === 1 ? [HOSTILE] : [],
      };
    }),
    unprovable: { latest: 0, older: 12 },
    metrics: now,
    drift,
    baseline: own,
    baselines: [...earlier, own],
    paths: { html: 'reports/audit/a.html', md: 'reports/audit/a.md', json: 'reports/audit/a.json' },
  });
}
