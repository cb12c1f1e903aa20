import type { Trace } from '../../schemas/trace.ts';
import { writeTableCsv } from '../shared/table-csv.ts';
import { traceTables } from './trace-tables.ts';
import { writeTracePage } from './trace-page.ts';

/** The files of a trace: the page where it was asked for, and beside it the document as JSON and each table as CSV, named after the page. */
export function renderTrace(trace: Trace, path: string): { path: string; text: string }[] {
  const stem = path.replace(/\.html?$/i, '');
  const name = stem.split(/[/\\]/).at(-1) ?? '';
  return [
    ...traceTables(trace, name).map((table) => ({
      path: `${stem.slice(0, stem.length - name.length)}${table.name}.csv`,
      text: writeTableCsv(table),
    })),
    { path: `${stem}.json`, text: `${JSON.stringify(trace, null, 2)}\n` },
    // The page last: what it links to is there by then.
    { path, text: writeTracePage(trace, name) },
  ];
}
