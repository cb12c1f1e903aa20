import type { Trace } from '../../schemas/trace.ts';
import { makeTable, type Table } from '../shared/table.ts';

/** The tables of a trace; their names begin with that of the page, because they lie beside it. */
export function traceTables(trace: Trace, name: string): [links: Table, rows: Table] {
  return [linksTable(trace, name), rowsTable(trace, name)];
}

function linksTable({ links }: Trace, name: string): Table {
  return makeTable({
    name: `${name}-links`,
    caption: 'Links from the export back to the source',
    whenEmpty: 'There is nothing to hold against anything.',
    rows: links,
    columns: [
      { name: 'link', title: 'Link', kind: 'word', value: (row) => row.link, labels: LINK_LABELS },
      { name: 'state', title: 'State', kind: 'state', value: (row) => row.state },
      { name: 'of', title: 'Of', kind: 'digest', value: (row) => row.of },
      { name: 'path', title: 'On', kind: 'path', value: (row) => row.path },
      { name: 'expected', title: 'Expected', kind: 'prose', value: (row) => row.expected },
      { name: 'found', title: 'Found', kind: 'prose', value: (row) => (row.state === 'holds' ? 'the same' : row.found) },
      { name: 'remedy', title: 'What to do', kind: 'prose', value: (row) => row.remedy },
    ],
  });
}

function rowsTable({ records }: Trace, name: string): Table {
  const rows = records.flatMap(({ evidence_id, exports, left_out }) => [
    ...exports.map((row) => ({
      evidence_id,
      set: row.set,
      place: `${row.file}:${row.line}`,
      what: row.role === 'record' ? 'in it' : row.role,
    })),
    ...left_out.map((row) => ({ evidence_id, set: row.set, place: `${row.file}:${row.line}`, what: `${row.reason}: ${row.detail}` })),
  ]);
  return makeTable({
    name: `${name}-rows`,
    caption: 'Rows of the exported sets',
    whenEmpty: 'No set holds a row of it, and none says why.',
    rows,
    columns: [
      { name: 'set', title: 'Set', kind: 'word', value: (row) => row.set },
      { name: 'evidence_id', title: 'Evidence', kind: 'digest', value: (row) => row.evidence_id },
      { name: 'place', title: 'File and line', kind: 'path', value: (row) => row.place },
      { name: 'what', title: 'In it, or why not', kind: 'prose', value: (row) => row.what },
    ],
  });
}

/** How people read the names of links. */
export const LINK_LABELS = {
  latest_export: 'latest export',
  export_file: 'exported file',
  export_row: 'exported row',
  scored_shard: 'file of the score',
  scored_row: 'score',
  evidence_shard: 'file of the evidence',
  evidence_row: 'evidence',
  source_file: 'source file',
  source_record: 'source record',
  evidence_id: 'evidence id',
} as const;
