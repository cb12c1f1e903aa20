import type { Table } from '../../adapters/lake/database.ts';
import type { QueryRows } from '../../schemas/query-rows.ts';
import { PieceWriter, type Sink, type Written } from './piece-writer.ts';

/** The rows as one JSON array of objects, a row a line. */
export async function writeJsonRows({ columns, batches }: Table, sink: Sink): Promise<Written> {
  const writer = new PieceWriter(sink);
  let rows = 0;
  for await (const batch of batches) {
    for (const row of batch) {
      const document = Object.fromEntries(columns.map(({ name }, at) => [name, row[at]])) as QueryRows[number];
      const isFull = writer.add(`${rows === 0 ? '[\n' : ',\n'}${JSON.stringify(document)}`);
      rows += 1;
      if (isFull && !(await writer.flush())) return { rows, isCut: true };
    }
  }
  writer.add(rows === 0 ? '[]\n' : '\n]\n');
  await writer.flush();
  return { rows, isCut: false };
}
