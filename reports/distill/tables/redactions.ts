import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';

/** Replaced secrets and personal data by detector, the busiest first. */
export function redactionsTable({ summary }: RunReport): Table {
  return makeTable({
    name: 'redactions',
    caption: 'Replaced secrets and personal data by detector',
    whenEmpty: 'No detector found anything to replace.',
    rows: Object.entries(summary.redactions).toSorted(([, left], [, right]) => right - left),
    columns: [
      { name: 'detector', title: 'Detector', kind: 'name', value: ([detector]) => detector },
      { name: 'replaced', title: 'Replaced', kind: 'number', value: ([, count]) => count },
    ],
  });
}
