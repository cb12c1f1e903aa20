import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';
import { shareOf, tallySets } from '../run-tallies.ts';
import { SET_LABELS } from '../run-words.ts';

/** What each set exported and set aside. */
export function setsTable(report: RunReport): Table {
  return makeTable({
    name: 'sets',
    caption: 'Rows by set; Preference exports pairs and quarantines scored runs that are in none',
    whenEmpty: 'No set was exported.',
    rows: tallySets(report),
    columns: [
      { name: 'set', title: 'Set', kind: 'word', labels: SET_LABELS, value: (row) => row.set },
      { name: 'exported', title: 'Exported', kind: 'number', value: (row) => row.exported },
      { name: 'quarantined', title: 'Quarantined', kind: 'number', value: (row) => row.quarantined },
      {
        name: 'exported_share',
        title: 'Share exported',
        kind: 'share',
        value: (row) => (row.set === 'preference' ? null : shareOf(row.exported, row.exported + row.quarantined)),
      },
    ],
  });
}
