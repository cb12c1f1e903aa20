import { escapeCsv } from './escape.ts';
import { tableFor, type Table } from './table.ts';

/** The table as CSV: a header of column names, every row, exact numbers, LF line ends. */
export function writeTableCsv(whole: Table): string {
  const table = tableFor(whole, 'programs');
  const header = table.columns.map((column) => escapeCsv(column.name)).join(',');
  const rows = table.rows.map((row) => row.map(escapeCsv).join(','));
  return `${[header, ...rows].join('\n')}\n`;
}
