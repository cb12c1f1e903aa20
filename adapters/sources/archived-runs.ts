import type { ReadRecord } from '../../activities/ports.ts';
import type { SourcePart } from '../../schemas/plan.ts';
import type { ArchivedLine } from '../replay-archive.ts';
import { readRecord } from './read-record.ts';
import { expectPlanned } from './source-changed.ts';

/** The runs of an archive (see the layout `parquet`), each as its line stood in the log; a place is the row of the file, and in it the copy. */
export async function* readArchivedRuns(part: SourcePart, maxRecordBytes: number): AsyncIterable<ReadRecord[]> {
  // Before: a changed file must not pass for a damaged one. After: what was read is what was planned.
  await expectPlanned(part);
  const { archivedLines } = await import('../replay-archive.ts');
  for await (const lines of archivedLines(part.path)) yield lines.map((line) => runIn(line, maxRecordBytes));
  await expectPlanned(part);
}

function runIn({ row, copy, text }: ArchivedLine, maxBytes: number): ReadRecord {
  const place = { locator: { line: row, pointer: `/lines/${copy}` }, line: row };
  const bytes = Buffer.byteLength(text);
  return bytes > maxBytes
    ? { fault: 'too_large', detail: `expected at most ${maxBytes} bytes, found ${bytes}`, ...place }
    : readRecord(text, place);
}
