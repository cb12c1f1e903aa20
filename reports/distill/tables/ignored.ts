import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';

/** Files that were looked at and not read; people see the first 200, the CSV holds all. */
export function ignoredTable({ ignored }: RunReport): Table {
  return makeTable({
    name: 'ignored',
    caption: 'Files that were looked at and not read',
    whenEmpty: 'Every file that was looked at holds records.',
    rowsShown: 200,
    rows: ignored,
    columns: [
      { name: 'file', title: 'File', kind: 'name', value: (row) => row.file },
      { name: 'reason', title: 'Reason', kind: 'prose', value: (row) => row.reason },
    ],
  });
}
