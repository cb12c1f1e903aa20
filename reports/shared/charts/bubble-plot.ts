import { formatNumber } from '../format.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';
import { wordsAt } from './words.ts';

/** How many items lie at one place. */
export interface Bubble {
  readonly x: number;
  readonly y: number;
  readonly count: number;
}

/** The same items by two sides: what the one gives them lies across, what the other gives them upwards. */
export interface BubblePanel {
  readonly across: string;
  readonly upwards: string;
  readonly bubbles: readonly Bubble[];
}

export interface BubblePlot {
  readonly id: string;
  readonly title: string;
  readonly panels: readonly BubblePanel[];
}

const COLUMNS: Readonly<Record<Layout['name'], number>> = { wide: 3, narrow: 1 };
const GAP_PX = 28;
const SCALE_PX = 34;
const WORDS_PX = 22;
const SMALLEST_PX = 3;
const LARGEST_PX = 46;
/** Of a single item, at most. */
const ITEM_PX = 6;
/** From this size on, a bubble has room for its number; where there are few, it stands beside it. */
const NUMBERED_PX = 20;
const FEW = 12;

/**
 * Draws a square for each panel, all on one scale: a bubble at each place that items have, its area as large as their number. On the line both
 * sides agree, above it the side upwards is higher.
 */
export function drawBubblePlot(chart: BubblePlot, layout: Layout): Markup {
  const columns = COLUMNS[layout.name];
  // The frame of the last panel is drawn on its edge.
  const panelPx = (layout.widthPx - 1 - GAP_PX * (columns - 1)) / columns;
  const sidePx = panelPx - SCALE_PX;
  const rowPx = sidePx + 2 * WORDS_PX + GAP_PX;
  const all = chart.panels.flatMap(({ bubbles }) => bubbles);
  const values = all.flatMap(({ x, y }) => [x, y]);
  const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)];
  const margin = (high - low) * 0.12;
  const most = Math.max(1, ...all.map(({ count }) => count));
  const itemPx = Math.min(ITEM_PX, LARGEST_PX / Math.sqrt(most));
  const boxes = chart.panels.map((panel, at) => ({
    panel,
    leftPx: (at % columns) * (panelPx + GAP_PX) + SCALE_PX,
    topPx: Math.floor(at / columns) * rowPx + WORDS_PX,
  }));
  const axis = {
    type: 'value',
    min: low - margin,
    max: high + margin,
    axisTick: { show: false },
    axisLine: { show: false },
    splitLine: { show: false },
    axisLabel: { show: false },
  };
  return drawChart({
    id: `${chart.id}-${layout.name}`,
    title: chart.title,
    widthPx: layout.widthPx,
    heightPx: Math.ceil(chart.panels.length / columns) * rowPx,
    option: {
      title: boxes.flatMap(({ panel, leftPx, topPx }) => [
        wordsAt(`↑ ${panel.upwards}`, { leftPx: leftPx - SCALE_PX, topPx: topPx - WORDS_PX, widthPx: panelPx, isBold: true }),
        wordsAt(`${panel.across} →`, {
          leftPx: leftPx + sidePx,
          topPx: topPx + sidePx + WORDS_PX,
          widthPx: panelPx,
          align: 'right',
          isBold: true,
        }),
        ...[low, high].flatMap((end) => {
          const offPx = ((end - low + margin) / (high - low + 2 * margin)) * sidePx;
          const place = { widthPx: SCALE_PX, tone: 'quiet' } as const;
          return [
            wordsAt(formatNumber(end), { ...place, leftPx: leftPx - 8, topPx: topPx + sidePx - offPx - 7, align: 'right' }),
            wordsAt(formatNumber(end), { ...place, leftPx: leftPx + offPx, topPx: topPx + sidePx + 4, align: 'center' }),
          ];
        }),
      ]),
      grid: boxes.map(({ leftPx, topPx }) => ({
        left: leftPx,
        top: topPx,
        width: sidePx,
        height: sidePx,
        outerBoundsMode: 'none',
        show: true,
        backgroundColor: 'transparent',
        borderColor: colour('line'),
      })),
      xAxis: boxes.map((_, gridIndex) => ({ ...axis, gridIndex })),
      yAxis: boxes.map((_, gridIndex) => ({ ...axis, gridIndex })),
      series: boxes.flatMap(({ panel }, at) => [
        {
          ...STILL,
          type: 'line',
          symbol: 'none',
          xAxisIndex: at,
          yAxisIndex: at,
          lineStyle: { color: colour('neutral'), width: 1, cap: 'butt' },
          data: [
            [low - margin, low - margin],
            [high + margin, high + margin],
          ],
        },
        {
          ...STILL,
          type: 'scatter',
          xAxisIndex: at,
          yAxisIndex: at,
          data: [...panel.bubbles]
            .sort((left, right) => right.count - left.count)
            .map((bubble) => drawnBubble(bubble, itemPx, panel.bubbles.length <= FEW)),
        },
      ]),
    },
  });
}

const STILL = { silent: true, emphasis: { disabled: true } };

function drawnBubble({ x, y, count }: Bubble, itemPx: number, isAmongFew: boolean): object {
  const symbolSize = Math.max(SMALLEST_PX, Math.sqrt(count) * itemPx);
  const tone = y > x ? 'accepted' : y < x ? 'rejected' : 'neutral';
  return {
    value: [x, y],
    symbol: 'circle',
    symbolSize,
    itemStyle: { color: colour(tone), opacity: 0.6 },
    label: {
      show: count > 1 && (isAmongFew || symbolSize >= NUMBERED_PX),
      position: symbolSize >= NUMBERED_PX ? 'inside' : 'right',
      formatter: String(count),
      // Else as pale as its bubble.
      opacity: 1,
      color: colour('ink'),
      textBorderColor: colour('surface'),
      textBorderWidth: 2,
      fontSize: 12,
    },
  };
}
