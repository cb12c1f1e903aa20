import { showText } from '../escape.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';
import { wordsAt } from './words.ts';

/** What stands in a cell; a value of null was not measured, and the cell stays empty. */
export interface HeatCell {
  readonly value: number | null;
  readonly text: string;
  /** Written below, such as how many items it rests on. */
  readonly note: string;
}

export interface HeatMap {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly HeatCell[] }[];
}

const HEAD_PX = 22;
const CELL_PX = 44;
const GAP_PX = 3;
/** Words have to stay readable on the deepest cell. */
const DEEPEST = 0.5;

/** Draws a cell for each row and column, the deeper in colour the nearer its value is to 1, or to the largest where that is more; each says its value. */
export function drawHeatMap(chart: HeatMap, layout: Layout): Markup {
  const isNarrow = layout.name === 'narrow';
  const [leftPx, labelPx] = isNarrow ? [0, HEAD_PX] : [230, 0];
  const rowPx = CELL_PX + GAP_PX + labelPx;
  const cellPx = Math.min(180, (layout.widthPx - leftPx) / Math.max(1, chart.columns.length));
  const most = Math.max(1, ...chart.rows.flatMap(({ cells }) => cells.map(({ value }) => value ?? 0)));
  const [widthPx, heightPx] = [layout.widthPx - leftPx, chart.rows.length * rowPx];
  // One unit of both axes is a pixel.
  const axis = { type: 'value', show: false, min: 0 };
  return drawChart({
    id: `${chart.id}-${layout.name}`,
    title: chart.title,
    widthPx: layout.widthPx,
    heightPx: HEAD_PX + heightPx,
    option: {
      title: [
        ...chart.columns.map((column, at) =>
          wordsAt(column, { leftPx: leftPx + (at + 0.5) * cellPx, topPx: 2, widthPx: cellPx - 8, align: 'center', isBold: true }),
        ),
        ...chart.rows.map(({ label }, at) =>
          wordsAt(label, {
            leftPx: 0,
            topPx: HEAD_PX + at * rowPx + (isNarrow ? 5 : CELL_PX / 2 - 7),
            widthPx: isNarrow ? layout.widthPx : leftPx - 14,
          }),
        ),
      ],
      grid: { left: leftPx, right: 0, top: HEAD_PX, bottom: 0, outerBoundsMode: 'none' },
      xAxis: { ...axis, max: widthPx },
      yAxis: { ...axis, max: heightPx, inverse: true },
      series: {
        type: 'scatter',
        silent: true,
        emphasis: { disabled: true },
        symbol: 'rect',
        symbolSize: [cellPx - GAP_PX, CELL_PX],
        data: chart.rows.flatMap(({ cells }, row) =>
          cells.map((cell, column) => ({
            value: [(column + 0.5) * cellPx, row * rowPx + labelPx + CELL_PX / 2],
            itemStyle: fillOf(cell, most),
            label: {
              show: true,
              formatter: () => `${showText(cell.text)}\n${showText(cell.note)}`,
              color: colour('ink'),
              // Else as pale as its cell.
              opacity: 1,
              fontSize: 12,
              lineHeight: 16,
              width: cellPx - 6,
              overflow: 'truncate',
            },
          })),
        ),
      },
    },
  });
}

function fillOf({ value }: HeatCell, most: number): object {
  if (value === null) return { color: 'transparent', opacity: 1, borderColor: colour('line'), borderWidth: 1 };
  return { color: colour('partial'), opacity: 0.04 + (DEEPEST - 0.04) * Math.max(0, value / most) };
}
