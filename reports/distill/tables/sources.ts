import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';
import { shareOf } from '../run-tallies.ts';

/** What each source was read into; per row, records = evidence + quarantined. */
export function sourcesTable({ summary }: RunReport): Table {
  return makeTable({
    name: 'sources',
    caption: 'Records by source: read = evidence + quarantined',
    whenEmpty: 'No source was read.',
    hasSums: true,
    rows: summary.sources,
    columns: [
      { name: 'source', title: 'Source', kind: 'name', value: (row) => row.name },
      { name: 'adapter', title: 'Format', kind: 'word', value: (row) => row.adapter },
      { name: 'files', title: 'Files', kind: 'number', value: (row) => row.files },
      { name: 'records', title: 'Records', kind: 'number', value: (row) => row.records },
      { name: 'evidence', title: 'Evidence', kind: 'number', value: (row) => row.evidence },
      { name: 'quarantined', title: 'Quarantined', kind: 'number', value: (row) => row.quarantined },
      { name: 'quarantined_share', title: 'Share', kind: 'share', value: (row) => shareOf(row.quarantined, row.records) },
    ],
  });
}
