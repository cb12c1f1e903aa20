import { colour } from '../palette.ts';
import type { Layout } from './layout.ts';

/** A row of a chart with words at its left and right end. */
export interface RowWords {
  readonly label: string;
  readonly note: string;
}

/** Where the rows of a chart leave room for words. */
export interface Room {
  readonly leftPx: number;
  readonly rightPx: number;
  readonly labelPx: number;
  readonly notePx: number;
  readonly rowPx: number;
  readonly barPx: number;
  readonly isAboveBar: boolean;
}

const WIDE_ROOM: Room = { leftPx: 190, rightPx: 210, labelPx: 174, notePx: 198, rowPx: 32, barPx: 16, isAboveBar: false };

/** Words stand beside the row, and on a narrow page above it. */
export function makeRoom(rows: readonly RowWords[], layout: Layout): Room {
  return layout.name === 'narrow' ? makeNarrowRoom(rows, layout) : WIDE_ROOM;
}

/** Label and note share the line above the bar; a label that does not fit beside the longest note is cut. */
function makeNarrowRoom(rows: readonly RowWords[], { widthPx }: Layout): Room {
  const longestNote = Math.max(...rows.map((row) => row.note.length));
  const notePx = Math.min(0.7 * widthPx, longestNote * 7.5);
  return { leftPx: 0, rightPx: 0, labelPx: widthPx - notePx - 12, notePx, rowPx: 46, barPx: 12, isAboveBar: true };
}

/** The axis that rows stand on, the first one on top. */
export const ROW_AXIS = { type: 'category', inverse: true, axisLine: { show: false }, axisTick: { show: false } };

/** Style of the words at the left end. */
export function labelStyle({ leftPx, labelPx, isAboveBar }: Room): object {
  // The margin moves the labels out to where the text of the page begins.
  return { ...textStyle(isAboveBar), color: colour('ink'), width: labelPx, align: 'left', margin: leftPx };
}

/** Style of the words at the right end. */
export function noteStyle({ notePx, isAboveBar }: Room): object {
  return {
    ...textStyle(isAboveBar),
    color: colour('quiet'),
    width: notePx,
    align: isAboveBar ? 'right' : 'left',
    margin: isAboveBar ? 0 : 12,
  };
}

function textStyle(isAboveBar: boolean): object {
  const place = isAboveBar ? { inside: true, verticalAlign: 'bottom', padding: [0, 0, 9, 0] } : {};
  return { interval: 0, overflow: 'truncate', ellipsis: '…', ...place };
}
