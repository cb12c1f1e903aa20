import type { ReplayResult } from '../../schemas/replay-report.ts';
import { drawRankMoves, type RankPanel } from './charts/rank-moves.ts';
import type { Figure } from './figure.ts';
import { formatAmount } from './format.ts';

const PANELS = 6;
const PLACES = 10;

/** How the rows that moved furthest moved, a panel each; undefined when none moved. `rows` come furthest first. */
export function movedFigure(rows: readonly ReplayResult[]): Figure | undefined {
  const drawn = rows.filter(({ errored, movement }) => errored !== true && movement !== undefined).slice(0, PANELS);
  if (drawn.length === 0) return undefined;
  const sentence = `Where the pages of ${drawn.length === 1 ? 'the query' : formatAmount(drawn.length, 'query', 'queries')} that moved furthest stood when captured (left) and stand now (right), the first ${PLACES} places.`;
  return {
    sentence,
    legend: [
      { label: 'Stayed', colour: 'neutral' },
      { label: 'Moved', colour: 'partial' },
      { label: 'Left the list', colour: 'rejected' },
      { label: 'Came into the list', colour: 'accepted' },
    ],
    draw: (layout) => drawRankMoves({ id: 'moved', title: sentence, panels: drawn.map(panelOf), most: PLACES }, layout),
  };
}

function panelOf({ query, movement = [] }: ReplayResult): RankPanel {
  return {
    title: query,
    moves: movement.map(({ key, captured_rank, current_rank }) => ({ label: shorten(key), before: captured_rank, now: current_rank })),
  };
}

/** The usual source goes without saying. */
function shorten(key: string): string {
  return key.startsWith('default::') ? key.slice('default::'.length) : key;
}
