import { expect, test } from 'vitest';
import { audit } from '../support/full-audit.ts';
import type { RealRun } from './real-run.ts';

/** The sixteen checks over what the run left on disk; the acceptance fixture has tests of its own. */
export function testFullAudit(of: () => RealRun): void {
  test('a full audit: every row signed again from its source, sixteen of sixteen', async () => {
    const { summary, rows, workspace } = of();
    const report = await audit(workspace);
    expect(report.checks.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(report.passed).toBe(16);
    expect(report.unprovable).toEqual({ latest: 0, older: 0 });
    const { accepted, partially_accepted, rejected, needs_human_review } = summary.categories;
    expect(report.metrics).toMatchObject({
      p2_evidence_rows: rows.length,
      p3_accepted: accepted,
      p3_partially_accepted: partially_accepted,
      p3_rejected: rejected,
      p3_needs_human_review: needs_human_review,
      p4_rag_rows: summary.exports.rag,
      p4_sft_rows: summary.exports.sft,
      p4_preference_pairs: summary.exports.preference,
    });
  });
}
