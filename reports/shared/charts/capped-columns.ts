import { showText } from '../escape.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import type { Tone } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';
import { wordsAt } from './words.ts';

/** Columns side by side, and a line that none of them may go above. */
export interface CappedColumns {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly { readonly label: string; readonly value: number; readonly tone: Tone }[];
  readonly cap: number;
  /** Written at the line. */
  readonly capLabel: string;
  readonly show: (value: number) => string;
}

const HEAD_PX = 26;
const PLOT_PX = 170;
const FOOT_PX = 28;
const RIGHT_PX = 26;
/** Room of a value above its column. */
const VALUE_PX = 52;

/** Draws columns from zero in their order below a line at the cap; values stand above them where there is room. */
export function drawCappedColumns(chart: CappedColumns, layout: Layout): Markup {
  const most = Math.max(chart.cap, ...chart.columns.map(({ value }) => value)) * 1.12 || 1;
  const scalePx = 12 + 7 * chart.show(most).length;
  const widthPx = layout.widthPx - scalePx - RIGHT_PX;
  const labels = chart.columns.map(({ label }) => showText(label));
  return drawChart({
    id: `${chart.id}-${layout.name}`,
    title: chart.title,
    widthPx: layout.widthPx,
    heightPx: HEAD_PX + PLOT_PX + FOOT_PX,
    option: {
      title: [wordsAt(chart.capLabel, { leftPx: scalePx, topPx: 4, widthPx, tone: 'quiet' })],
      grid: { left: scalePx, right: RIGHT_PX, top: HEAD_PX, height: PLOT_PX, outerBoundsMode: 'none' },
      xAxis: {
        type: 'category',
        data: labels,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colour('line'), cap: 'butt' } },
        axisLabel: { color: colour('quiet'), fontSize: 12, interval: Math.ceil((labels.length * 86) / widthPx) - 1 },
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: most,
        splitNumber: 3,
        splitLine: { lineStyle: { color: colour('line') } },
        axisLabel: { color: colour('quiet'), fontSize: 12, showMaxLabel: false, formatter: chart.show },
      },
      series: [
        {
          type: 'bar',
          silent: true,
          emphasis: { disabled: true },
          barMaxWidth: 40,
          barMinHeight: 2,
          label: {
            show: widthPx / Math.max(1, labels.length) >= VALUE_PX,
            position: 'top',
            color: colour('ink'),
            fontSize: 12,
            formatter: ({ dataIndex }: { readonly dataIndex: number }) => chart.show(chart.columns[dataIndex]!.value),
          },
          data: chart.columns.map(({ value, tone }) => ({ value, itemStyle: { color: colour(tone) } })),
        },
        ...capLine(chart, labels.length),
      ],
    },
  });
}

/** A scale of categories has no place before its first and behind its last, so the line is drawn from middle to middle. */
function capLine({ cap }: CappedColumns, columns: number): object[] {
  return [
    {
      type: 'line',
      silent: true,
      emphasis: { disabled: true },
      symbol: 'none',
      lineStyle: { color: colour('rejected'), width: 1.5, cap: 'butt' },
      data: Array.from({ length: columns }, () => cap),
    },
  ];
}
