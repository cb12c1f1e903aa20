import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';

/** Where the run left its files. */
export function pathsTable({ summary }: RunReport): Table {
  const { exports, report, receipts } = summary.paths;
  return makeTable({
    name: 'paths',
    caption: 'Where the files of this run are',
    whenEmpty: 'The run left no files.',
    rows: [
      { what: 'Exports', path: exports },
      { what: 'This report', path: report },
      { what: 'Receipts', path: receipts },
    ],
    columns: [
      { name: 'what', title: 'What', kind: 'word', value: (row) => row.what },
      { name: 'path', title: 'Path', kind: 'path', value: (row) => row.path },
    ],
  });
}
