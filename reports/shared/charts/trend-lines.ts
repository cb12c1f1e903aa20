import { showText } from '../escape.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';
import { pointStyle } from './shapes.ts';
import { wordsAt } from './words.ts';

/** One measurement in its turn. */
export interface TrendPoint {
  /** When it was made, in few signs. */
  readonly label: string;
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  /** Letters for what changed since the one before. */
  readonly marks: string;
  /** True where it cannot be compared with the one before: no line leads to it. */
  readonly startsAnew: boolean;
}

export interface TrendPanel {
  readonly title: string;
  readonly points: readonly TrendPoint[];
}

export interface TrendLines {
  readonly id: string;
  readonly title: string;
  readonly panels: readonly TrendPanel[];
}

const HEAD_PX = 44;
const PLOT_PX = 130;
const FOOT_PX = 40;
const SCALE_PX = 52;
const MARK_PX = 9;
/** The last date is wider than its step. */
const RIGHT_PX = 26;

/** Draws a panel for each series, one below the other: points in their order with their intervals, joined where they can be compared. */
export function drawTrendLines(chart: TrendLines, layout: Layout): Markup {
  const panelPx = HEAD_PX + PLOT_PX + FOOT_PX;
  const widthPx = layout.widthPx - SCALE_PX - RIGHT_PX;
  return drawChart({
    id: `${chart.id}-${layout.name}`,
    title: chart.title,
    widthPx: layout.widthPx,
    heightPx: panelPx * chart.panels.length,
    option: {
      title: chart.panels.flatMap(({ title, points }, at) => [
        wordsAt(title, { leftPx: 0, topPx: at * panelPx, widthPx: layout.widthPx, isBold: true }),
        ...marksAbove(points, { topPx: at * panelPx + HEAD_PX - 18, widthPx }),
      ]),
      grid: chart.panels.map((_, at) => ({
        left: SCALE_PX,
        right: RIGHT_PX,
        top: at * panelPx + HEAD_PX,
        height: PLOT_PX,
        outerBoundsMode: 'none',
      })),
      xAxis: chart.panels.map(({ points }, gridIndex) => ({
        gridIndex,
        type: 'category',
        data: points.map(({ label }) => showText(label)),
        axisTick: { show: false },
        axisLine: { onZero: false, lineStyle: { color: colour('line'), cap: 'butt' } },
        axisLabel: { color: colour('quiet'), fontSize: 12, interval: Math.ceil((points.length * 86) / widthPx) - 1 },
      })),
      yAxis: chart.panels.map(({ points }, gridIndex) => ({ gridIndex, ...scaleOf(points) })),
      series: chart.panels.flatMap(({ points }, at) => seriesOf(points, at)),
    },
  });
}

function scaleOf(points: readonly TrendPoint[]): object {
  const ends = points.flatMap(({ value, interval }) => [...(value === null ? [] : [value]), ...(interval ?? [])]);
  const [low, high] = ends.length === 0 ? [0, 1] : [Math.min(...ends), Math.max(...ends)];
  const margin = (high - low) * 0.1 || 0.05;
  return {
    type: 'value',
    min: low - margin,
    max: high + margin,
    splitNumber: 3,
    splitLine: { lineStyle: { color: colour('line') } },
    axisLabel: {
      color: colour('quiet'),
      fontSize: 12,
      showMinLabel: false,
      showMaxLabel: false,
      formatter: (value: number) => value.toFixed(high > low && high - low < 0.02 ? 4 : 2),
    },
  };
}

/** Letters stand above their points where there is room for them; the table has them all. */
function marksAbove(points: readonly TrendPoint[], { topPx, widthPx }: { readonly topPx: number; readonly widthPx: number }): object[] {
  const stepPx = widthPx / points.length;
  return points.flatMap(({ marks }, at) =>
    marks === '' || marks.length * MARK_PX > stepPx
      ? []
      : [wordsAt(marks, { leftPx: SCALE_PX + (at + 0.5) * stepPx, topPx, widthPx: stepPx, align: 'center', tone: 'quiet' })],
  );
}

const LINE = { type: 'line', silent: true, showAllSymbol: true, emphasis: { disabled: true } };

function seriesOf(points: readonly TrendPoint[], axis: number): object[] {
  const placed = points.flatMap((point, at) => (point.value === null ? [] : [{ ...point, value: point.value, at }]));
  const onAxis = { ...LINE, xAxisIndex: axis, yAxisIndex: axis };
  const line = { ...onAxis, symbol: 'none', lineStyle: { color: colour('partial'), width: 2, cap: 'butt' } };
  return [
    ...segmentsOf(points).map((segment) => ({ ...line, data: segment })),
    ...placed.flatMap(({ at, value, interval }) => [
      ...(interval === null
        ? []
        : [{ ...line, lineStyle: { color: colour('partial'), width: 1.5, cap: 'butt' }, data: interval.map((end) => [at, end]) }]),
      { ...onAxis, ...pointStyle(interval === null ? 'ring' : 'dot', 'partial'), data: [[at, value]] },
    ]),
  ];
}

/** Runs of points that a line may join. */
function segmentsOf(points: readonly TrendPoint[]): number[][][] {
  const segments: number[][][] = [];
  for (const [at, { value, startsAnew }] of points.entries()) {
    if (startsAnew || segments.length === 0) segments.push([]);
    if (value !== null) segments.at(-1)!.push([at, value]);
  }
  return segments.filter(({ length }) => length > 1);
}
