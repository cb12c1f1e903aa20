import { writeTableCsv } from '../shared/table-csv.ts';
import type { Table } from '../shared/table.ts';

/** A file and the path that it is for. */
export interface PlacedFile {
  readonly path: string;
  readonly text: string;
}

/** A page at its path, behind it in time the document as JSON and each table as CSV, named after the page: what it links to is there by then. */
export function filesBeside(
  path: string,
  document: object,
  write: (name: string) => { readonly tables: readonly Table[]; readonly page: string },
): PlacedFile[] {
  const stem = path.replace(/\.html?$/i, '');
  const name = stem.split(/[/\\]/).at(-1) ?? '';
  const { tables, page } = write(name);
  return [
    ...tables.map((table) => ({ path: `${stem.slice(0, stem.length - name.length)}${table.name}.csv`, text: writeTableCsv(table) })),
    { path: `${stem}.json`, text: `${JSON.stringify(document, null, 2)}\n` },
    { path, text: page },
  ];
}
