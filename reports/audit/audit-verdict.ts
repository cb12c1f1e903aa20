import type { AuditReport } from '../../schemas/audit-report.ts';
import { formatAmount, formatNumber } from '../shared/format.ts';
import { describeState } from '../shared/states.ts';
import type { Verdict } from '../shared/verdict.ts';

/** The verdict of a full audit: the failed checks, the numbers, and what to do next. */
export function judgeAudit(report: AuditReport): Verdict {
  const { checks, passed, drift, unprovable, metrics, baseline } = report;
  const failed = checks.filter(({ state }) => state === 'failed');
  const isAccepted = report.verdict === 'accepted';
  const severity = describeState(drift.severity);
  return {
    tone: !isAccepted ? 'rejected' : drift.severity === 'warn' ? 'review' : 'accepted',
    word: isAccepted ? 'Accepted' : 'Refused',
    sentence: isAccepted
      ? `All ${checks.length} checks passed on what lies on disk of run ${report.run_id}.`
      : `${formatAmount(failed.length, 'check')} of ${checks.length} failed on what lies on disk of run ${report.run_id}.`,
    reasons: failed.map(({ number, name, findings, findings_total, remedy }) => {
      const [first] = findings;
      const others = findings_total > 1 ? ` (and ${formatNumber(findings_total - 1)} more)` : '';
      const what = first === undefined ? '' : `${first.where}: expected ${first.expected}, found ${first.found}${others}. `;
      return { sentence: `${number} ${name}:`, detail: `${what}${remedy}` };
    }),
    figures: [
      { label: 'Checks passed', value: `${passed} of ${checks.length}` },
      { label: 'Evidence', value: metrics.p2_evidence_rows === null ? '–' : formatNumber(metrics.p2_evidence_rows) },
      {
        label: 'Drift',
        value: severity.label,
        tone: severity.tone,
        note: drift.against === null ? 'nothing to compare with' : `since baseline ${drift.against.seq}`,
      },
      { label: 'Rows that cannot be proved', value: formatNumber(unprovable.latest + unprovable.older), note: 'their source is gone' },
      {
        label: 'Baseline',
        value: baseline === null ? 'none' : `${baseline.seq}`,
        note: baseline === null ? 'the chain is damaged' : 'appended',
      },
    ],
    nextSteps: isAccepted
      ? [{ sentence: 'See how the tracked numbers went so far.', command: 'lauter distill query "SELECT * FROM baselines"' }]
      : [{ sentence: 'When the findings are mended, look at everything again.', command: 'lauter distill audit-full' }],
  };
}
