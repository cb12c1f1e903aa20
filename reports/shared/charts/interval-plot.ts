import { showText } from '../escape.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import type { Colour } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';
import { labelStyle, makeRoom, noteStyle, ROW_AXIS } from './row-room.ts';
import { pointStyle, type Shape } from './shapes.ts';

/** A value and the interval it lies in; null where there are too few items for one. */
export interface IntervalRow {
  readonly label: string;
  /** Written at the right of the row, such as the numbers. */
  readonly note: string;
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  readonly colour: Colour;
  /** A dot unless stated. */
  readonly shape?: Shape;
}

/** A line of words above the rows that belong together. */
export interface IntervalHeading {
  readonly heading: string;
}

export interface IntervalPlot {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly (IntervalRow | IntervalHeading)[];
  /** Where a line is drawn from top to bottom, such as 0 for differences; none unless stated. */
  readonly mark?: number;
  /** Writes the numbers of the scale below the rows; no scale unless stated. */
  readonly showScale?: (value: number) => string;
}

/** Draws a row for each value: a line as long as its interval, the value as a point on it, all rows on one scale. */
export function drawIntervalPlot(chart: IntervalPlot, layout: Layout): Markup {
  const words = chart.rows.map((row) => ('heading' in row ? { label: '', note: '' } : row));
  const room = makeRoom(words, layout);
  const rows = chart.rows.flatMap((row, at) => ('heading' in row ? [] : [{ row, at }]));
  const ends = [
    ...rows.flatMap(({ row: { value, interval } }) => [value, ...(interval ?? [])]),
    ...(chart.mark === undefined ? [] : [chart.mark]),
  ];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const margin = (high - low) * 0.05 || 0.05;
  const bottom = chart.showScale === undefined ? 2 : SCALE_PX;
  return drawChart({
    id: `${chart.id}-${layout.name}`,
    title: chart.title,
    widthPx: layout.widthPx,
    heightPx: room.rowPx * chart.rows.length + 2 + bottom,
    option: {
      title: chart.rows.flatMap((row, at) => ('heading' in row ? [headingAt(row, 2 + (at + 1) * room.rowPx, layout)] : [])),
      grid: { left: room.leftPx, right: room.rightPx, top: 2, bottom, outerBoundsMode: 'none' },
      xAxis: { type: 'value', min: low - margin, max: high + margin, ...scaleOf(chart.showScale) },
      yAxis: [
        { ...ROW_AXIS, position: 'left', data: words.map(({ label }) => showText(label)), axisLabel: labelStyle(room) },
        { ...ROW_AXIS, position: 'right', data: words.map(({ note }) => showText(note)), axisLabel: noteStyle(room) },
      ],
      series: rows.flatMap(({ row, at }) => [
        ...(chart.mark === undefined ? [] : [tick(at, chart.mark)]),
        {
          ...LINE,
          ...pointStyle(row.shape ?? 'dot', row.colour),
          lineStyle: { color: colour(row.colour), width: 2, cap: 'butt' },
          data: [end(row.interval?.[0], at), { value: [row.value, at] }, end(row.interval?.[1], at)].flat(),
        },
      ]),
    },
  });
}

const LINE = { type: 'line', silent: true, showAllSymbol: true, emphasis: { disabled: true } };
const SCALE_PX = 24;

function scaleOf(show: ((value: number) => string) | undefined): object {
  if (show === undefined) return { show: false };
  return {
    splitNumber: 4,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    // The ends are where the room ends, and no round numbers.
    axisLabel: { color: colour('quiet'), fontSize: 12, showMinLabel: false, showMaxLabel: false, formatter: show },
  };
}

/** Stands at the foot of its row, next to what it belongs to. */
function headingAt({ heading }: IntervalHeading, footPx: number, { widthPx }: Layout): object {
  return {
    text: showText(heading),
    left: 0,
    top: footPx - 22,
    padding: 0,
    textStyle: { color: colour('ink'), fontSize: 13, fontWeight: 600, width: widthPx, overflow: 'truncate', ellipsis: '…' },
  };
}

/** A place that the line leads to without a dot. */
function end(place: number | undefined, row: number): object[] {
  return place === undefined ? [] : [{ value: [place, row], symbol: 'none' }];
}

function tick(row: number, at: number): object {
  return { ...LINE, symbol: 'rect', symbolSize: [1, 22], itemStyle: { color: colour('neutral') }, data: [[at, row]] };
}
