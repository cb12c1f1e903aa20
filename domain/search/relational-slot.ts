import type { Candidate } from './candidate.ts';
import { rowId } from './candidate-order.ts';

/**
 * Gives the best relational row the last of the first `limit` places when the arm found any and none is among them. `found`: what the relational arm
 * brought, best first. Later pages of results do not move with it.
 */
export function keepRelationalSlot(candidates: readonly Candidate[], found: readonly Candidate[], limit: number): readonly Candidate[] {
  const [best] = found;
  if (best === undefined || limit < 1 || candidates.slice(0, limit).some(({ arms }) => arms.includes('relational'))) return candidates;
  const known = candidates.find((row) => rowId(row) === rowId(best)) ?? best;
  const others = candidates.filter((row) => row !== known);
  return others.toSpliced(limit - 1, 0, { ...known, flags: [...known.flags, 'relational_slot'] });
}
