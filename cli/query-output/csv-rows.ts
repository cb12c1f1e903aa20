import type { Table, TableColumn } from '../../adapters/lake/database.ts';
import type { PlainValue } from '../../adapters/lake/plain-value.ts';
import { escapeCsv } from '../../reports/shared/escape.ts';
import { isNumeric } from './column-type.ts';
import { PieceWriter, type Sink, type Written } from './piece-writer.ts';

/** The rows as CSV with a header. NULL is an empty cell, nested values are JSON, and no text can act as a formula. */
export async function writeCsvRows({ columns, batches }: Table, sink: Sink): Promise<Written> {
  const writer = new PieceWriter(sink);
  let rows = 0;
  writer.add(`${columns.map(({ name }) => escapeCsv(name)).join(',')}\n`);
  for await (const batch of batches) {
    for (const row of batch) {
      const isFull = writer.add(`${row.map((value, at) => csvCell(value, columns[at]!)).join(',')}\n`);
      rows += 1;
      if (isFull && !(await writer.flush())) return { rows, isCut: true };
    }
  }
  await writer.flush();
  return { rows, isCut: false };
}

function csvCell(value: PlainValue, column: TableColumn): string {
  // A number that only text can hold stays a number; its minus sign is no formula.
  if (typeof value === 'string' && isNumeric(column)) return value;
  return escapeCsv(typeof value === 'object' && value !== null ? JSON.stringify(value) : value);
}
