import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';

/** The stages of the run with their rows, shards, time and digest. */
export function stagesTable({ summary }: RunReport): Table {
  return makeTable({
    name: 'stages',
    caption: 'Stages in the order they ran: rows in = rows out + quarantined',
    whenEmpty: 'No stage ran.',
    rows: summary.stages,
    columns: [
      { name: 'stage', title: 'Stage', kind: 'word', value: (row) => row.stage },
      { name: 'rows_in', title: 'Rows in', kind: 'number', value: (row) => row.rows_in },
      { name: 'rows_out', title: 'Rows out', kind: 'number', value: (row) => row.rows_out },
      { name: 'rows_quarantined', title: 'Quarantined', kind: 'number', value: (row) => row.rows_quarantined },
      { name: 'shards', title: 'Shards', kind: 'number', value: (row) => row.shards },
      { name: 'shards_reused', title: 'Reused', kind: 'number', value: (row) => row.shards_reused },
      { name: 'duration_ms', title: 'Time', kind: 'duration', value: (row) => row.duration_ms },
      { name: 'digest', title: 'Digest', kind: 'digest', value: (row) => row.digest },
    ],
  });
}
