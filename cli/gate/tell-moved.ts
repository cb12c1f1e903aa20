import type { ReplayResult } from '../../schemas/replay-report.ts';
import { plain } from '../io.ts';
import { tellNumber } from './numbers.ts';

const SHOWN = 5;

/** A row that moved, for people: how far, and what stood first before and now; with `isExplained`, where each page went. */
export function tellMoved(result: ReplayResult, isExplained = false): string {
  const { query, tool_name, errored, error_message, jaccard, captured_slugs, current_slugs, movement = [] } = result;
  if (errored === true) return `  ${plain(query)} (${tool_name}): threw ${plain(error_message ?? '')}`;
  const head = `  ${plain(query)} (${tool_name}): jaccard ${tellNumber(jaccard)}, rbo ${tellNumber(result.rbo)}${result.degraded === true ? ', degraded' : ''}`;
  const before = `    was  ${tellList(captured_slugs)}`;
  const now = `    is   ${tellList(current_slugs)}`;
  const moves = isExplained
    ? movement.map(({ key, captured_rank, current_rank }) => `    ${rank(captured_rank)} → ${rank(current_rank)}  ${plain(key)}`)
    : [];
  return [head, before, now, ...moves].join('\n');
}

function tellList(slugs: readonly string[]): string {
  if (slugs.length === 0) return 'nothing';
  const more = slugs.length > SHOWN ? ` and ${slugs.length - SHOWN} more` : '';
  return `${slugs.slice(0, SHOWN).map(plain).join(', ')}${more}`;
}

function rank(place: number | null): string {
  return (place === null ? '–' : String(place)).padStart(3);
}
