import type { Trace } from '../../schemas/trace.ts';
import { filesBeside, type PlacedFile } from './files-beside.ts';
import { traceTables } from './trace-tables.ts';
import { writeTracePage } from './trace-page.ts';

/** The files of a trace: the page where it was asked for, and beside it the document as JSON and each table as CSV, named after the page. */
export function renderTrace(trace: Trace, path: string): PlacedFile[] {
  return filesBeside(path, trace, (name) => ({ tables: traceTables(trace, name), page: writeTracePage(trace, name) }));
}
