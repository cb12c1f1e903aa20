import type { AuditReport } from '../../schemas/audit-report.ts';
import { AUDIT_METRICS, type AuditMetric } from '../../schemas/vocabulary.ts';
import { drawSmallMultiples, type Panel } from '../shared/charts/small-multiples.ts';
import type { Figure } from '../shared/figure.ts';
import { formatAmount, formatChange, formatInstant, formatNumber } from '../shared/format.ts';
import type { Table } from '../shared/table.ts';
import { auditTables } from './audit-tables.ts';

/** One part of the report, before anyone decides whether it becomes HTML or Markdown. */
export interface AuditSection {
  readonly id: string;
  readonly title: string;
  /** What the section answers, in a sentence. */
  readonly lead: string;
  readonly figure?: Figure;
  readonly table: Table;
}

/** What a report on an audit says after its verdict: what changed, then the checks, then the history. */
export function describeAudit(report: AuditReport, name: string): AuditSection[] {
  const { drift, checks, findings, warnings, baselines } = auditTables(report, name);
  return [
    { id: 'drift', title: 'What changed', lead: driftLead(report), table: drift },
    { id: 'findings', title: 'Findings', lead: 'What is not as it must be, where, and what to do about it.', table: findings },
    { id: 'checks', title: 'Checks', lead: 'Each of them is required, and each read the disk itself.', table: checks },
    { id: 'warnings', title: 'Warnings', lead: 'What fails no check but should be known.', table: warnings },
    {
      id: 'baselines',
      title: 'Over time',
      lead: 'Every full audit leaves one row, chained by hash to the row before it.',
      ...(report.baselines.length > 0 ? { figure: baselinesFigure(report) } : {}),
      table: baselines,
    },
  ];
}

function driftLead({ drift }: AuditReport): string {
  const { against, reason } = drift;
  const rule = 'A number warns when it changed by more than 20 % and lies outside what chance explains (95 %, both counts Poisson).';
  if (against === null) return `${sentence(reason)} ${rule}`;
  return `Against baseline ${against.seq}, run ${against.run_id}, of ${formatInstant(against.recorded_at)}: ${reason}. ${rule}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Where there is room for two words. */
const SHORT_LABELS: Readonly<Record<AuditMetric, string>> = {
  p2_evidence_rows: 'Evidence',
  p2_quarantined: 'Not readable',
  p3_accepted: 'Accepted',
  p3_partially_accepted: 'Partly accepted',
  p3_rejected: 'Rejected',
  p3_needs_human_review: 'For a human',
  p4_rag_rows: 'RAG rows',
  p4_sft_rows: 'SFT rows',
  p4_preference_pairs: 'Preference pairs',
  p4_total_quarantined: 'Kept out',
};

function baselinesFigure({ baselines, drift }: AuditReport): Figure {
  const panels = (Object.keys(AUDIT_METRICS) as AuditMetric[]).map((metric): Panel => {
    const values = baselines.map(({ metrics }) => metrics[metric]);
    const last = values.at(-1) ?? null;
    const change = drift.metrics.find((row) => row.metric === metric);
    const isWarned = change?.severity === 'warn';
    const moved = change === undefined || change.change === null ? '' : `, ${formatChange(change.change)}`;
    return {
      label: SHORT_LABELS[metric],
      note: last === null ? 'not counted' : `${formatNumber(last)}${moved}`,
      values,
      colour: isWarned ? 'review' : 'partial',
    };
  });
  const warned = drift.metrics.filter(({ severity }) => severity === 'warn').map(({ metric }) => AUDIT_METRICS[metric]);
  const title =
    `The ten tracked numbers over ${formatAmount(baselines.length, 'baseline')}, each on a scale of its own from 0; ` +
    (warned.length === 0 ? 'none of them warns.' : `${warned.join(', ')} ${warned.length === 1 ? 'warns' : 'warn'}.`);
  return { sentence: title, draw: (layout) => drawSmallMultiples({ id: 'baselines', title, panels }, layout) };
}
