import { cut } from '../../domain/shared/text.ts';
import { formatChange, formatNumber } from '../../reports/shared/format.ts';
import type { AuditCheck, AuditReport } from '../../schemas/audit-report.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

const SHOWN_FINDINGS = 3;
const SHOWN_CHARS = 300;

/** A full audit for people: the checks, what failed and what to do, the tracked numbers, and where the report is. */
export function tellAudit(report: AuditReport): string {
  const { run_id, checks, passed, verdict, baseline, paths } = report;
  const failed = checks.filter(({ state }) => state === 'failed');
  const warnings = checks.flatMap(({ number, warnings: own }) => own.map((warning) => `warning of check ${number}: ${plain(warning)}`));
  return [
    `run ${run_id}`,
    '',
    textTable(
      ['', 'check', '', 'looked at'],
      checks.map(({ number, name, state, looked_at }) => [String(number), name, state, plain(looked_at)]),
    ),
    ...failed.flatMap(tellFailure),
    ...(warnings.length === 0 ? [] : ['', ...warnings]),
    '',
    ...tellDrift(report),
    '',
    baseline === null
      ? 'no baseline was appended: the chain of the baselines is damaged'
      : `baseline ${baseline.seq} appended to ledger/audit-baselines.jsonl`,
    `report ${paths.html}`,
    '',
    `${verdict}: ${passed} of ${checks.length} checks passed`,
  ].join('\n');
}

function tellFailure({ number, name, findings, findings_total, remedy }: AuditCheck): string[] {
  const shown = findings.slice(0, SHOWN_FINDINGS);
  return [
    '',
    `check ${number}, ${name}, failed`,
    ...shown.flatMap(({ where, expected, found }) => [
      `  where     ${plain(where)}`,
      `  expected  ${plain(cut(expected, SHOWN_CHARS))}`,
      `  found     ${plain(cut(found, SHOWN_CHARS))}`,
    ]),
    ...(findings_total > shown.length ? [`  and ${formatNumber(findings_total - shown.length)} more; the report lists them`] : []),
    `  to do     ${remedy}`,
  ];
}

function tellDrift({ drift }: AuditReport): string[] {
  const { against, metrics, reason } = drift;
  if (against === null) return [`drift: ${reason}`];
  return [
    `drift against baseline ${against.seq} (run ${against.run_id}): ${reason}`,
    textTable(
      ['number', 'before', 'now', 'change', 'by chance', ''],
      metrics.map(({ metric, old, new: now, change, low, high, severity }) => [
        metric,
        old === null ? '–' : formatNumber(old),
        now === null ? '–' : formatNumber(now),
        change === null ? '–' : formatChange(change),
        low === null || high === null ? '–' : `${formatNumber(low)}…${formatNumber(high)}`,
        severity,
      ]),
    ),
  ];
}
