import type { AuditReport } from '../../schemas/audit-report.ts';
import { AUDIT_METRICS } from '../../schemas/vocabulary.ts';
import { makeTable, type Table } from '../shared/table.ts';

/** The tables of an audit; their names begin with that of the page, because they lie beside it. */
export interface AuditTables {
  readonly drift: Table;
  readonly checks: Table;
  readonly findings: Table;
  readonly warnings: Table;
  readonly baselines: Table;
}

export function auditTables(report: AuditReport, name: string): AuditTables {
  return {
    drift: driftTable(report, name),
    checks: checksTable(report, name),
    findings: findingsTable(report, name),
    warnings: warningsTable(report, name),
    baselines: baselinesTable(report, name),
  };
}

function driftTable({ drift }: AuditReport, name: string): Table {
  return makeTable({
    name: `${name}-drift`,
    caption: 'Tracked numbers against the baseline',
    whenEmpty: 'There is no accepted baseline to compare with: this audit is the first, or those before it were refused.',
    rows: drift.metrics,
    columns: [
      { name: 'metric', title: 'Number', kind: 'name', value: (row) => row.metric },
      { name: 'old', title: 'Baseline', kind: 'number', value: (row) => row.old },
      { name: 'new', title: 'Now', kind: 'number', value: (row) => row.new },
      { name: 'change', title: 'Change', kind: 'change', value: (row) => row.change },
      { name: 'low', title: 'By chance from', kind: 'number', value: (row) => row.low },
      { name: 'high', title: 'to', kind: 'number', value: (row) => row.high },
      { name: 'severity', title: 'Severity', kind: 'state', value: (row) => row.severity },
      { name: 'reason', title: 'Reason', kind: 'prose', value: (row) => row.reason },
    ],
  });
}

function checksTable({ checks }: AuditReport, name: string): Table {
  return makeTable({
    name: `${name}-checks`,
    caption: 'The 16 required checks',
    whenEmpty: 'No check was done.',
    rows: checks,
    columns: [
      { name: 'number', title: 'No.', kind: 'number', value: (row) => row.number },
      { name: 'name', title: 'Check', kind: 'word', value: (row) => row.name },
      { name: 'state', title: 'Verdict', kind: 'state', value: (row) => row.state },
      { name: 'proves', title: 'What it proves', kind: 'prose', value: (row) => row.proves },
      { name: 'looked_at', title: 'Looked at', kind: 'prose', value: (row) => row.looked_at },
      { name: 'findings', title: 'Findings', kind: 'number', value: (row) => row.findings_total },
    ],
  });
}

function findingsTable({ checks }: AuditReport, name: string): Table {
  return makeTable({
    name: `${name}-findings`,
    caption: 'Findings, in the order of the checks',
    whenEmpty: 'Nothing was found.',
    rows: checks.flatMap((check) => check.findings.map((finding) => ({ ...finding, check }))),
    rowsShown: 60,
    columns: [
      { name: 'check', title: 'Check', kind: 'word', value: ({ check }) => `${check.number} ${check.name}` },
      { name: 'where', title: 'Where', kind: 'path', value: (row) => row.where },
      { name: 'expected', title: 'Expected', kind: 'prose', value: (row) => row.expected },
      { name: 'found', title: 'Found', kind: 'prose', value: (row) => row.found },
      { name: 'remedy', title: 'What to do', kind: 'prose', value: ({ check }) => check.remedy },
    ],
  });
}

function warningsTable({ checks }: AuditReport, name: string): Table {
  return makeTable({
    name: `${name}-warnings`,
    caption: 'Warnings',
    whenEmpty: 'There is nothing else to know.',
    rows: checks.flatMap(({ number, name: check, warnings }) => warnings.map((warning) => ({ check: `${number} ${check}`, warning }))),
    columns: [
      { name: 'check', title: 'Check', kind: 'word', value: (row) => row.check },
      { name: 'warning', title: 'Warning', kind: 'prose', value: (row) => row.warning },
    ],
  });
}

function baselinesTable({ baselines }: AuditReport, name: string): Table {
  return makeTable({
    name: `${name}-baselines`,
    caption: 'Baselines, oldest first',
    whenEmpty: 'No baseline can be read.',
    rows: baselines,
    columns: [
      { name: 'seq', title: 'No.', kind: 'number', value: (row) => row.seq },
      { name: 'recorded_at', title: 'Recorded', kind: 'word', value: (row) => row.recorded_at },
      { name: 'run_id', title: 'Run', kind: 'name', value: (row) => row.run_id },
      { name: 'verdict', title: 'Verdict', kind: 'state', value: (row) => row.verdict },
      ...(Object.keys(AUDIT_METRICS) as (keyof typeof AUDIT_METRICS)[]).map((metric) => ({
        name: metric,
        title: AUDIT_METRICS[metric],
        kind: 'number' as const,
        value: (row: AuditReport['baselines'][number]) => row.metrics[metric],
      })),
      { name: 'row_hash', title: 'Hash', kind: 'digest', value: (row) => row.row_hash },
    ],
  });
}
