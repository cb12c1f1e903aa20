import { mkdirSync, writeFileSync } from 'node:fs';
import { segmentFrom } from '../../adapters/search/capture-segments.ts';
import { writeCapturedLine } from '../../adapters/search/captured-line.ts';
import { captureFolder } from '../../adapters/search/capture-places.ts';
import { newCapturedRow } from './answered-search.ts';

/** Noon of a day in spring; the first row is of this moment. */
export const FIRST_MS = Date.UTC(2026, 2, 2, 12);

/** Fills the store of a workspace with searches a second apart, ids from 1, so many to a segment; every third one is hybrid. */
export function fillCaptures(workspace: string, rows: number, rowsPerSegment: number): void {
  mkdirSync(captureFolder(workspace), { recursive: true });
  for (let first = 1; first <= rows; first += rowsPerSegment) {
    const ids = Array.from({ length: Math.min(rowsPerSegment, rows - first + 1) }, (_, place) => first + place);
    writeFileSync(segmentFrom(captureFolder(workspace), first).path, Buffer.concat(ids.map(lineOf)));
  }
}

function lineOf(id: number): Buffer {
  const created_at = new Date(FIRST_MS + (id - 1) * 1_000).toISOString();
  return writeCapturedLine({ ...newCapturedRow({ query: `boat ${id}`, tool_name: id % 3 === 0 ? 'query' : 'search' }), id, created_at });
}
