import { showText } from '../escape.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';
import { pointStyle } from './shapes.ts';
import { wordsAt } from './words.ts';

/** What something costs and what it is worth, with where its worth may lie by chance. */
export interface FrontPoint {
  readonly label: string;
  readonly cost: number;
  readonly worth: number;
  readonly interval: readonly [number, number] | null;
  /** True where nothing else is worth as much for less. */
  readonly isOnFront: boolean;
}

export interface FrontPlot {
  readonly id: string;
  readonly title: string;
  readonly costTitle: string;
  readonly worthTitle: string;
  readonly showCost: (value: number) => string;
  readonly points: readonly FrontPoint[];
}

const HEAD_PX = 24;
const FOOT_PX = 46;
const SCALE_PX = 46;

/** Draws each point at its cost and worth, and the most that a cost buys as steps from one point of the front to the next. */
export function drawFrontPlot(chart: FrontPlot, layout: Layout): Markup {
  const dearest = Math.max(...chart.points.map(({ cost }) => cost));
  const ends = chart.points.flatMap(({ worth, interval }) => [worth, ...(interval ?? [])]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const margin = (high - low) * 0.15 || 0.05;
  const heightPx = layout.name === 'narrow' ? 280 : 320;
  const front = chart.points.filter(({ isOnFront }) => isOnFront).sort((left, right) => left.cost - right.cost);
  const most = dearest * 1.12 || 1;
  const label = { color: colour('quiet'), fontSize: 12 };
  return drawChart({
    id: `${chart.id}-${layout.name}`,
    title: chart.title,
    widthPx: layout.widthPx,
    heightPx,
    option: {
      title: [
        wordsAt(`↑ ${chart.worthTitle}`, { leftPx: 0, topPx: 0, widthPx: layout.widthPx, isBold: true }),
        wordsAt(`${chart.costTitle} →`, {
          leftPx: layout.widthPx - 2,
          topPx: heightPx - 16,
          widthPx: layout.widthPx,
          align: 'right',
          isBold: true,
        }),
      ],
      grid: { left: SCALE_PX, right: 24, top: HEAD_PX, bottom: FOOT_PX, outerBoundsMode: 'none' },
      xAxis: {
        type: 'value',
        min: 0,
        max: most,
        splitNumber: layout.name === 'narrow' ? 3 : 5,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colour('line'), cap: 'butt' } },
        splitLine: { show: false },
        axisLabel: { ...label, showMaxLabel: false, formatter: chart.showCost },
      },
      yAxis: {
        type: 'value',
        min: low - margin,
        max: high + margin,
        splitNumber: 4,
        axisTick: { show: false },
        axisLine: { show: false },
        splitLine: { lineStyle: { color: colour('line') } },
        axisLabel: { ...label, showMinLabel: false, showMaxLabel: false, formatter: (value: number) => value.toFixed(2) },
      },
      series: [
        {
          ...LINE,
          symbol: 'none',
          step: 'end',
          lineStyle: { color: colour('accepted'), width: 2, cap: 'butt' },
          data: [...front.map(({ cost, worth }) => [cost, worth]), [most, front.at(-1)?.worth ?? low]],
        },
        ...chart.points.flatMap((point) => drawnPoint(point, point.cost > most / 2)),
      ],
    },
  });
}

const LINE = { type: 'line', silent: true, showAllSymbol: true, emphasis: { disabled: true } };

function drawnPoint({ label, cost, worth, interval, isOnFront }: FrontPoint, isOnTheRight: boolean): object[] {
  const tone = isOnFront ? 'accepted' : 'review';
  const line = { ...LINE, symbol: 'none', lineStyle: { color: colour(tone), width: 1.5, cap: 'butt' } };
  return [
    ...(interval === null ? [] : [{ ...line, data: interval.map((end) => [cost, end]) }]),
    {
      ...LINE,
      ...pointStyle(isOnFront ? 'diamond' : 'ring', tone),
      data: [[cost, worth]],
      label: {
        show: true,
        position: isOnTheRight ? 'left' : 'right',
        distance: 9,
        // Beside the line of the front, not on it.
        offset: [0, isOnFront ? -11 : 11],
        // A text would be a template, in which braces mean something.
        formatter: () => showText(label),
        color: colour('ink'),
        textBorderColor: colour('surface'),
        textBorderWidth: 3,
        fontSize: 13,
        width: 150,
        overflow: 'truncate',
        ellipsis: '…',
      },
    },
  ];
}
