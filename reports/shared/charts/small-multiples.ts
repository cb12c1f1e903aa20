import { showText } from '../escape.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import type { Colour } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';

/** One number over time. A value that is null was not counted, and the line has a gap there. */
export interface Panel {
  readonly label: string;
  /** Written below the label, such as the last value. */
  readonly note: string;
  readonly values: readonly (number | null)[];
  readonly colour: Colour;
}

export interface SmallMultiples {
  readonly id: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

const PANEL_PX = 118;
const HEAD_PX = 40;
const GAP_PX = 20;

/** Draws one small line for each panel, side by side, each on a scale of its own that begins at 0, so that shapes compare and sizes do not. */
export function drawSmallMultiples(chart: SmallMultiples, layout: Layout): Markup {
  const columns = layout.name === 'narrow' ? 2 : 5;
  const widthPx = (layout.widthPx - GAP_PX * (columns - 1)) / columns;
  const boxes = chart.panels.map((panel, at) => ({
    panel,
    left: (at % columns) * (widthPx + GAP_PX),
    top: Math.floor(at / columns) * PANEL_PX,
  }));
  return drawChart({
    id: `${chart.id}-${layout.name}`,
    title: chart.title,
    widthPx: layout.widthPx,
    heightPx: Math.ceil(chart.panels.length / columns) * PANEL_PX,
    option: {
      title: boxes.map(({ panel, left, top }) => ({
        text: showText(panel.label),
        subtext: showText(panel.note),
        left,
        top,
        padding: 0,
        backgroundColor: colour('surface'),
        borderColor: colour('surface'),
        itemGap: 2,
        textStyle: { color: colour('ink'), fontSize: 12, fontWeight: 600, width: widthPx, overflow: 'truncate', ellipsis: '…' },
        subtextStyle: { color: colour('quiet'), fontSize: 12, width: widthPx, overflow: 'truncate', ellipsis: '…' },
      })),
      grid: boxes.map(({ left, top }) => ({
        left: left + 4,
        top: top + HEAD_PX,
        width: widthPx - 8,
        height: PANEL_PX - HEAD_PX - GAP_PX,
        outerBoundsMode: 'none',
      })),
      xAxis: boxes.map(({ panel }, at) => ({
        gridIndex: at,
        type: 'category',
        boundaryGap: panel.values.length === 1,
        data: panel.values.map((_, index) => String(index + 1)),
        axisLabel: { show: false },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colour('line'), cap: 'butt' } },
      })),
      yAxis: boxes.map((_, at) => ({ gridIndex: at, type: 'value', show: false, min: 0 })),
      series: boxes.map(({ panel }, at) => ({
        type: 'line',
        silent: true,
        emphasis: { disabled: true },
        xAxisIndex: at,
        yAxisIndex: at,
        symbol: 'circle',
        // The last one is where things stand; the others only show that they were counted.
        symbolSize: (_value: unknown, { dataIndex }: { dataIndex: number }) => (dataIndex === panel.values.length - 1 ? 8 : 4),
        showAllSymbol: true,
        lineStyle: { color: colour(panel.colour), width: 1.5 },
        itemStyle: { color: colour(panel.colour) },
        data: [...panel.values],
      })),
    },
  });
}
