import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';
import { shareOfSet } from '../run-tallies.ts';
import { describeQuarantine, SET_LABELS, SET_ORDER } from '../run-words.ts';

/** Quarantined rows by set and reason, each with the sentence that explains it. */
export function quarantineTable({ quarantine }: RunReport): Table {
  return makeTable({
    name: 'quarantine',
    caption: 'Quarantined rows by set and reason',
    whenEmpty: 'No row was quarantined.',
    rows: quarantine.toSorted((left, right) => SET_ORDER.indexOf(left.set) - SET_ORDER.indexOf(right.set) || right.rows - left.rows),
    columns: [
      { name: 'set', title: 'Where', kind: 'word', labels: SET_LABELS, value: (row) => row.set },
      { name: 'reason', title: 'Reason', kind: 'name', value: (row) => row.reason },
      { name: 'rows', title: 'Rows', kind: 'number', value: (row) => row.rows },
      {
        name: 'share_of_set',
        title: 'Share of set',
        kind: 'share',
        value: (row) => shareOfSet(row, quarantine),
      },
      { name: 'meaning', title: 'What it means', kind: 'prose', value: (row) => describeQuarantine(row.reason) },
    ],
  });
}
