import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';
import { shareOfSet } from '../run-tallies.ts';
import { SET_LABELS } from '../run-words.ts';

/** Exported rows of each set by split. */
export function splitsTable({ splits }: RunReport): Table {
  return makeTable({
    name: 'splits',
    caption: 'Exported rows by split',
    whenEmpty: 'No row has a split.',
    rows: splits,
    columns: [
      { name: 'set', title: 'Set', kind: 'word', labels: SET_LABELS, value: (row) => row.set },
      { name: 'split', title: 'Split', kind: 'word', value: (row) => row.split },
      { name: 'rows', title: 'Rows', kind: 'number', value: (row) => row.rows },
      {
        name: 'share_of_set',
        title: 'Share of set',
        kind: 'share',
        value: (row) => shareOfSet(row, splits),
      },
    ],
  });
}
