import type { Candidate } from './candidate.ts';
import { rowId } from './candidate-order.ts';

/**
 * Gives the best relational row the last of the first `limit` places when the arm found any and none is among them. `found`: what the relational arm
 * brought, best first. Later pages of results do not move with it. The list stays one of falling scores.
 */
export function keepRelationalSlot(candidates: readonly Candidate[], found: readonly Candidate[], limit: number): readonly Candidate[] {
  const [best] = found;
  if (best === undefined || limit < 1 || candidates.slice(0, limit).some(({ arms }) => arms.includes('relational'))) return candidates;
  const known = candidates.find((row) => rowId(row) === rowId(best)) ?? best;
  const others = candidates.filter((row) => row !== known);
  const place = Math.min(limit - 1, others.length);
  const score = Math.min(known.score, others[place - 1]?.score ?? known.score);
  return others.toSpliced(place, 0, { ...known, score, flags: [...known.flags, 'relational_slot'] });
}
