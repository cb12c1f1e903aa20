import { showText } from '../escape.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import type { Colour } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';
import { labelStyle, makeRoom, noteStyle, ROW_AXIS } from './row-room.ts';

export interface Bar {
  readonly label: string;
  /** Written at the right of the bar, such as its total. */
  readonly note: string;
  /** One value for each part, in their order. */
  readonly values: readonly number[];
}

export interface StackedBars {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly { readonly label: string; readonly colour: Colour }[];
  readonly bars: readonly Bar[];
  /** `count`: lengths compare across bars. `share`: every bar is as long as the chart, and its parts are shares of it. */
  readonly scale: 'count' | 'share';
}

/** Draws horizontal bars, one below the other, each cut into parts. On a narrow page the label stands above its bar. */
export function drawStackedBars(chart: StackedBars, layout: Layout): Markup {
  const room = makeRoom(chart.bars, layout);
  const totals = chart.bars.map((bar) => (chart.scale === 'share' ? 1 : totalOf(bar)));
  return drawChart({
    id: `${chart.id}-${layout.name}`,
    title: chart.title,
    widthPx: layout.widthPx,
    heightPx: room.rowPx * chart.bars.length + 4,
    option: {
      grid: { left: room.leftPx, right: room.rightPx, top: 2, bottom: 2, outerBoundsMode: 'none' },
      xAxis: { type: 'value', show: false, min: 0, max: Math.max(...totals) || 1 },
      yAxis: [
        { ...ROW_AXIS, position: 'left', data: chart.bars.map((bar) => showText(bar.label)), axisLabel: labelStyle(room) },
        { ...ROW_AXIS, position: 'right', data: chart.bars.map((bar) => showText(bar.note)), axisLabel: noteStyle(room) },
      ],
      series: chart.parts.map((part, index) => ({
        type: 'bar',
        stack: 'parts',
        silent: true,
        emphasis: { disabled: true },
        barWidth: room.barPx,
        // Parts are set apart by a line of the surface, so that their border shows without colour.
        itemStyle: { color: colour(part.colour), borderColor: colour('surface'), borderWidth: 1 },
        data: chart.bars.map((bar) => lengthOf(bar, index, chart.scale)),
      })),
    },
  });
}

function lengthOf(bar: Bar, index: number, scale: StackedBars['scale']): number {
  const value = bar.values[index] ?? 0;
  const total = totalOf(bar);
  return scale === 'share' && total > 0 ? value / total : value;
}

function totalOf(bar: Bar): number {
  return bar.values.reduce((sum, value) => sum + value, 0);
}
