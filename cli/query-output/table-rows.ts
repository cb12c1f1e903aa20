import type { Table } from '../../adapters/lake/database.ts';
import type { PlainValue } from '../../adapters/lake/plain-value.ts';
import { plain } from '../io.ts';
import { cutToWidth, displayWidth, padToWidth } from '../text-width.ts';
import { isNumeric } from './column-type.ts';
import { fitWidths } from './fit-widths.ts';
import { PieceWriter, type Sink, type Written } from './piece-writer.ts';

export interface TableOptions {
  /** Rows that are shown at most; the widths are taken from as many. */
  readonly firstRows: number;
  /** Goes on after these, in the same widths. */
  readonly showsAll: boolean;
  /** Columns of the terminal; no limit when undefined. */
  readonly width: number | undefined;
}

/** The rows as a table for people: one line a row, numbers to the right, nothing that a terminal would act upon. */
export async function writeTableRows({ columns, batches }: Table, sink: Sink, options: TableOptions): Promise<Written> {
  const writer = new PieceWriter(sink);
  const isRight = columns.map(isNumeric);
  let waiting: string[][] | undefined = [];
  let widths: readonly number[] = [];
  let rows = 0;
  const line = (cells: readonly string[]): string =>
    `${cells
      .map((cell, at) => padToWidth(cutToWidth(cell, widths[at]!), widths[at]!, isRight[at] === true))
      .join(GAP)
      .trimEnd()}\n`;
  const begin = (first: readonly string[][]): void => {
    const header = columns.map(({ name }) => plain(name));
    widths = fitWidths(
      naturalWidths([header, ...first]),
      options.width === undefined ? undefined : options.width - GAP.length * (columns.length - 1),
    );
    writer.add(line(header));
    writer.add(`${widths.map((width) => '─'.repeat(width)).join(GAP)}\n`);
    for (const cells of first) writer.add(line(cells));
    waiting = undefined;
  };
  for await (const batch of batches) {
    for (const row of batch) {
      if (rows === options.firstRows && !options.showsAll) {
        if (waiting !== undefined) begin(waiting);
        await writer.flush();
        return { rows, isCut: true };
      }
      const cells = row.map(cellText);
      rows += 1;
      if (waiting === undefined) {
        if (writer.add(line(cells)) && !(await writer.flush())) return { rows, isCut: true };
      } else {
        waiting.push(cells);
        if (waiting.length === options.firstRows) begin(waiting);
      }
    }
  }
  if (waiting !== undefined) begin(waiting);
  await writer.flush();
  return { rows, isCut: false };
}

const GAP = '  ';
/** Longer cells are of no use in a table, and one of them could be a whole conversation. */
const MAX_CELL_CHARS = 2_000;

function cellText(value: PlainValue): string {
  if (value === null) return 'NULL';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return plain(text.length > MAX_CELL_CHARS ? `${text.slice(0, MAX_CELL_CHARS)}…` : text);
}

function naturalWidths(lines: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const cells of lines) for (const [at, cell] of cells.entries()) widths[at] = Math.max(widths[at] ?? 0, displayWidth(cell));
  return widths;
}
