import { showText } from '../escape.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import type { Colour } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';
import { labelStyle, makeRoom, noteStyle, ROW_AXIS } from './row-room.ts';

/** A value and the interval it lies in; null where there are too few items for one. */
export interface IntervalRow {
  readonly label: string;
  /** Written at the right of the row, such as the numbers. */
  readonly note: string;
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  readonly colour: Colour;
}

export interface IntervalPlot {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly IntervalRow[];
  /** Where a line is drawn from top to bottom, such as 0 for differences; none unless stated. */
  readonly mark?: number;
}

/** Draws a row for each value: a line as long as its interval, the value as a dot on it, all rows on one scale. */
export function drawIntervalPlot(chart: IntervalPlot, layout: Layout): Markup {
  const room = makeRoom(chart.rows, layout);
  const ends = [
    ...chart.rows.flatMap(({ value, interval }) => [value, ...(interval ?? [])]),
    ...(chart.mark === undefined ? [] : [chart.mark]),
  ];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const margin = (high - low) * 0.05 || 0.05;
  return drawChart({
    id: `${chart.id}-${layout.name}`,
    title: chart.title,
    widthPx: layout.widthPx,
    heightPx: room.rowPx * chart.rows.length + 4,
    option: {
      grid: { left: room.leftPx, right: room.rightPx, top: 2, bottom: 2, outerBoundsMode: 'none' },
      xAxis: { type: 'value', show: false, min: low - margin, max: high + margin },
      yAxis: [
        { ...ROW_AXIS, position: 'left', data: chart.rows.map(({ label }) => showText(label)), axisLabel: labelStyle(room) },
        { ...ROW_AXIS, position: 'right', data: chart.rows.map(({ note }) => showText(note)), axisLabel: noteStyle(room) },
      ],
      series: chart.rows.flatMap((row, at) => [
        ...(chart.mark === undefined ? [] : [tick(at, chart.mark)]),
        {
          ...LINE,
          symbol: 'circle',
          symbolSize: 9,
          lineStyle: { color: colour(row.colour), width: 2, cap: 'butt' },
          itemStyle: { color: colour(row.colour) },
          data: [end(row.interval?.[0], at), { value: [row.value, at] }, end(row.interval?.[1], at)].flat(),
        },
      ]),
    },
  });
}

const LINE = { type: 'line', silent: true, showAllSymbol: true, emphasis: { disabled: true } };

/** A place that the line leads to without a dot. */
function end(place: number | undefined, row: number): object[] {
  return place === undefined ? [] : [{ value: [place, row], symbol: 'none' }];
}

function tick(row: number, at: number): object {
  return { ...LINE, symbol: 'rect', symbolSize: [1, 22], itemStyle: { color: colour('line') }, data: [[at, row]] };
}
