import { showText } from '../escape.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import type { Colour } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';
import { labelStyle, noteStyle, ROW_AXIS, type Room } from './row-room.ts';

/** Where something stood before and stands now, ranks from 1; null where it is not in the list. */
export interface RankMove {
  readonly label: string;
  readonly before: number | null;
  readonly now: number | null;
}

/** One list that was ordered anew. */
export interface RankPanel {
  readonly title: string;
  readonly moves: readonly RankMove[];
}

export interface RankMoves {
  readonly id: string;
  readonly title: string;
  readonly panels: readonly RankPanel[];
  /** Places that are drawn of each list. */
  readonly most: number;
}

const HEAD_PX = 26;
const ROW_PX = 20;
const ROOM = { rowPx: ROW_PX, barPx: 0, isAboveBar: false };
const ROOMS: Readonly<Record<Layout['name'], Room>> = {
  wide: { ...ROOM, leftPx: 330, rightPx: 330, labelPx: 318, notePx: 316 },
  narrow: { ...ROOM, leftPx: 122, rightPx: 122, labelPx: 114, notePx: 108 },
};

/** Draws a panel for each list: its places before at the left, its places now at the right, a line from the one to the other. What left or came is a dot. */
export function drawRankMoves(chart: RankMoves, layout: Layout): Markup {
  return markup`${chart.panels.map((panel, at) => drawPanel(`${chart.id}-${at + 1}`, panel, chart.most, layout))}`;
}

/** How a move is coloured: stayed, moved within the list, left it, or came into it. */
export function moveColour({ before, now }: Pick<RankMove, 'before' | 'now'>): Colour {
  if (before === null) return 'accepted';
  if (now === null) return 'rejected';
  return before === now ? 'neutral' : 'partial';
}

function drawPanel(id: string, { title, moves }: RankPanel, most: number, layout: Layout): Markup {
  const room = ROOMS[layout.name];
  const shown = moves.map((move) => ({ ...move, before: within(move.before, most), now: within(move.now, most) }));
  const places = Math.max(1, ...shown.map(({ before, now }) => Math.max(before ?? 0, now ?? 0)));
  return drawChart({
    id: `${id}-${layout.name}`,
    title: `${title}: ${moves.map(tellMove).join('; ')}`,
    widthPx: layout.widthPx,
    heightPx: HEAD_PX + ROW_PX * places + 10,
    option: {
      title: {
        text: showText(title),
        left: 0,
        top: 0,
        padding: 0,
        textStyle: { color: colour('ink'), fontSize: 13, fontWeight: 600, width: layout.widthPx, overflow: 'truncate', ellipsis: '…' },
      },
      grid: { left: room.leftPx, right: room.rightPx, top: HEAD_PX, bottom: 10, outerBoundsMode: 'none' },
      xAxis: { type: 'value', show: false, min: -0.04, max: 1.04 },
      yAxis: [
        {
          ...ROW_AXIS,
          position: 'left',
          data: labelsAt(shown, 'before', places),
          axisLabel: { ...labelStyle(room), align: 'right', margin: 12 },
        },
        { ...ROW_AXIS, position: 'right', data: labelsAt(shown, 'now', places), axisLabel: noteStyle(room) },
      ],
      series: shown.filter(({ before, now }) => before !== null || now !== null).map(lineOf),
    },
  });
}

function within(rank: number | null, most: number): number | null {
  return rank !== null && rank <= most ? rank : null;
}

function labelsAt(moves: readonly RankMove[], side: 'before' | 'now', places: number): string[] {
  return Array.from({ length: places }, (_, at) => {
    const move = moves.find((each) => each[side] === at + 1);
    return move === undefined ? '' : `${at + 1}  ${showText(move.label)}`;
  });
}

function lineOf(move: RankMove): object {
  const tone = colour(moveColour(move));
  const ends = [move.before === null ? [] : [[0, move.before - 1]], move.now === null ? [] : [[1, move.now - 1]]].flat();
  return {
    type: 'line',
    silent: true,
    emphasis: { disabled: true },
    symbol: 'circle',
    symbolSize: 7,
    showAllSymbol: true,
    lineStyle: { color: tone, width: 2 },
    itemStyle: { color: tone },
    data: ends,
  };
}

function tellMove({ label, before, now }: RankMove): string {
  if (before === null) return `${label} came to ${now ?? 'no place'}`;
  return now === null ? `${label} left place ${before}` : `${label} from ${before} to ${now}`;
}
