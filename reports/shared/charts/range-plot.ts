import { showText } from '../escape.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import type { Colour } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';
import { labelStyle, makeRoom, noteStyle, ROW_AXIS } from './row-room.ts';

/** Values that belong together, such as one for each run. */
export interface RangeRow {
  readonly label: string;
  /** Written at the right of the row, such as its range. */
  readonly note: string;
  /** How far each value lies above the smallest, as a share of what is allowed: 0 for the smallest, 1 at the limit. */
  readonly offsets: readonly number[];
  readonly colour: Colour;
}

export interface RangePlot {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly RangeRow[];
}

/** Beyond this many limits the number in the note says more than a longer line; such a dot stands at the edge. */
const MOST_LIMITS = 4;
const LEAST_LIMITS = 1.25;

/** Draws a row for each range: a band as wide as what is allowed, the values as dots on a line from the smallest to the largest. */
export function drawRangePlot(chart: RangePlot, layout: Layout): Markup {
  const room = makeRoom(chart.rows, layout);
  const longest = Math.max(LEAST_LIMITS, ...chart.rows.flatMap(({ offsets }) => offsets.map((offset) => offset * 1.05)));
  const most = Math.min(MOST_LIMITS, longest);
  return drawChart({
    id: `${chart.id}-${layout.name}`,
    title: chart.title,
    widthPx: layout.widthPx,
    heightPx: room.rowPx * chart.rows.length + 4,
    option: {
      grid: { left: room.leftPx, right: room.rightPx, top: 2, bottom: 2, outerBoundsMode: 'none' },
      // Room for the dot of the smallest value.
      xAxis: { type: 'value', show: false, min: -0.04 * most, max: most },
      yAxis: [
        { ...ROW_AXIS, position: 'left', data: chart.rows.map(({ label }) => showText(label)), axisLabel: labelStyle(room) },
        { ...ROW_AXIS, position: 'right', data: chart.rows.map(({ note }) => showText(note)), axisLabel: noteStyle(room) },
      ],
      series: chart.rows.flatMap((row, at) => [
        line(at, [0, 1], { color: colour('bar'), width: room.barPx }),
        {
          ...line(at, sorted(row.offsets, most), { color: colour(row.colour), width: 2 }),
          symbol: 'circle',
          symbolSize: 9,
          showAllSymbol: true,
          itemStyle: { color: colour(row.colour), borderColor: colour('surface'), borderWidth: 1 },
        },
      ]),
    },
  });
}

function line(row: number, places: readonly number[], style: { color: string; width: number }): object {
  return {
    type: 'line',
    silent: true,
    emphasis: { disabled: true },
    symbol: 'none',
    lineStyle: { ...style, cap: 'butt' },
    data: places.map((place) => [place, row]),
  };
}

function sorted(offsets: readonly number[], most: number): number[] {
  return offsets.map((offset) => Math.min(offset, most)).sort((left, right) => left - right);
}
