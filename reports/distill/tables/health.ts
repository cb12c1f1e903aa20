import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';

/** What the evidence of each source lacks, as shares. */
export function healthTable({ health }: RunReport): Table {
  return makeTable({
    name: 'health',
    caption: 'Share of the evidence of each source that lacks something',
    whenEmpty: 'There is no evidence to look at.',
    rows: health,
    columns: [
      { name: 'source', title: 'Source', kind: 'name', value: (row) => row.source },
      { name: 'rows', title: 'Evidence', kind: 'number', value: (row) => row.rows },
      { name: 'without_task', title: 'No task', kind: 'share', value: (row) => row.without_task },
      { name: 'without_output', title: 'No output', kind: 'share', value: (row) => row.without_output },
      { name: 'without_truth', title: 'No truth', kind: 'share', value: (row) => row.without_truth },
      { name: 'without_time', title: 'No time', kind: 'share', value: (row) => row.without_time },
    ],
  });
}
