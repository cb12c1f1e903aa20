import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';

/** The checks of the audit stage, failed ones first. */
export function checksTable({ checks }: RunReport): Table {
  return makeTable({
    name: 'checks',
    caption: 'Checks of the audit stage, failed ones first',
    whenEmpty: 'The audit stage ran no check.',
    rows: checks.toSorted((left, right) => Number(left.passed) - Number(right.passed)),
    columns: [
      { name: 'check', title: 'Check', kind: 'prose', value: (row) => row.check },
      { name: 'verdict', title: 'Verdict', kind: 'state', value: (row) => (row.passed ? 'passed' : 'failed') },
      { name: 'expected', title: 'Expected', kind: 'prose', value: (row) => row.expected },
      { name: 'found', title: 'Found', kind: 'prose', value: (row) => row.found },
    ],
  });
}
