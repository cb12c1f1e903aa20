import { showText } from '../escape.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import type { Tone } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';
import { wordsAt } from './words.ts';

/** What came of one day; its word says what its colour says. */
export interface CalendarDay {
  /** `YYYY-MM-DD`, in UTC. */
  readonly day: string;
  readonly word: string;
  readonly tone: Tone;
}

/** Weeks, one below the other, up to the last day; a panel for each series of days. */
export interface Calendar {
  readonly id: string;
  readonly title: string;
  readonly lastDay: string;
  readonly weeks: number;
  readonly panels: readonly { readonly title: string; readonly days: readonly CalendarDay[] }[];
}

const TITLE_PX = 26;
const HEAD_PX = 20;
const CELL_PX = 40;
const GAP_PX = 3;
/** Words have to stay readable on every tone. */
const OPACITY = 0.34;
const DAY_MS = 86_400_000;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Draws the days of some weeks as a calendar on a wall: a row for each week from Monday on, a cell for each day with its word. Days without one stay empty. */
export function drawCalendar(chart: Calendar, layout: Layout): Markup {
  const cellPx = layout.widthPx / WEEKDAYS.length;
  const bodyPx = chart.weeks * (CELL_PX + GAP_PX);
  const panelPx = TITLE_PX + HEAD_PX + bodyPx + 8;
  // One unit of both axes is a pixel.
  const axis = { type: 'value', show: false, min: 0 };
  return drawChart({
    id: `${chart.id}-${layout.name}`,
    title: chart.title,
    widthPx: layout.widthPx,
    heightPx: panelPx * chart.panels.length,
    option: {
      title: chart.panels.flatMap(({ title }, at) => [
        wordsAt(title, { leftPx: 0, topPx: at * panelPx + 2, widthPx: layout.widthPx, isBold: true }),
        ...WEEKDAYS.map((name, day) =>
          wordsAt(name, { leftPx: day * cellPx + 4, topPx: at * panelPx + TITLE_PX, widthPx: cellPx - GAP_PX, tone: 'quiet' }),
        ),
      ]),
      grid: { left: 0, right: 0, top: 0, bottom: 0, outerBoundsMode: 'none' },
      xAxis: { ...axis, max: layout.widthPx },
      yAxis: { ...axis, max: panelPx * chart.panels.length, inverse: true },
      series: {
        type: 'scatter',
        silent: true,
        emphasis: { disabled: true },
        symbol: 'rect',
        symbolSize: [cellPx - GAP_PX, CELL_PX],
        data: chart.panels.flatMap(({ days }, at) => cellsOf(chart, days, { cellPx, topPx: at * panelPx + TITLE_PX + HEAD_PX })),
      },
    },
  });
}

function cellsOf(
  { lastDay, weeks }: Calendar,
  days: readonly CalendarDay[],
  { cellPx, topPx }: { readonly cellPx: number; readonly topPx: number },
): object[] {
  const known = new Map(days.map((day) => [day.day, day]));
  const last = Date.parse(lastDay) / DAY_MS;
  const first = last - weekdayOf(last) - (weeks - 1) * WEEKDAYS.length;
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const number = first + at;
    const day = dayAt(number);
    const told = known.get(day);
    return {
      value: [
        ((at % WEEKDAYS.length) + 0.5) * cellPx - GAP_PX / 2,
        topPx + Math.floor(at / WEEKDAYS.length) * (CELL_PX + GAP_PX) + CELL_PX / 2,
      ],
      itemStyle:
        told === undefined
          ? { color: 'transparent', opacity: 1, borderColor: colour('line'), borderWidth: 1 }
          : { color: colour(told.tone), opacity: OPACITY },
      label: {
        show: true,
        formatter: () => `${labelOf(day, number)}\n${showText(told?.word ?? '')}`,
        color: colour(told === undefined ? 'quiet' : 'ink'),
        // Else as pale as its cell.
        opacity: 1,
        fontSize: 12,
        lineHeight: 16,
        width: cellPx - GAP_PX - 2,
        overflow: 'truncate',
      },
    };
  });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The month stands where a row or a month begins. */
function labelOf(day: string, number: number): string {
  const date = Number(day.slice(8));
  return weekdayOf(number) === 0 || date === 1 ? `${date} ${MONTHS[Number(day.slice(5, 7)) - 1]!}` : String(date);
}

/** Days since Monday; day 0 of the count was a Thursday. */
function weekdayOf(number: number): number {
  return (number + 3) % WEEKDAYS.length;
}

function dayAt(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}
