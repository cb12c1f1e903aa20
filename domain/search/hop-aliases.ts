import { wordsOf } from './analyze.ts';
import type { Candidate } from './candidate.ts';

const MOST_WORDS = 6;
const MOST_ROWS = 3;
const HOP = 1.1;
const ABOVE_TOP = 1e-6;

/** True for a query short enough to be an alias as a whole. */
export function canBeAlias(query: string): boolean {
  const words = wordsOf(query).length;
  return words > 0 && words <= MOST_WORDS;
}

/**
 * Brings forward what the whole query is an alias of. `targets` has the best row of each such page: one that is in the list has its best row
 * multiplied, another is put in above all others. Three at most, each flagged `preserved`.
 */
export function hopAliases(candidates: readonly Candidate[], targets: readonly Candidate[]): readonly Candidate[] {
  if (targets.length === 0) return candidates;
  const rows = [...candidates];
  const top = candidates.reduce((high, { score }) => Math.max(high, score), 0);
  for (const target of targets.slice(0, MOST_ROWS)) {
    const at = candidates.findIndex(({ key }) => key === target.key);
    const row = candidates[at];
    if (row === undefined) rows.push(preserve(target, top + ABOVE_TOP));
    else rows[at] = preserve(row, row.score * HOP);
  }
  // Rows of equal scores stay as they came: a reranker may have ordered them.
  return rows.sort((left, right) => right.score - left.score);
}

function preserve(row: Candidate, score: number): Candidate {
  return { ...row, score, flags: [...new Set([...row.flags, 'alias_hop', 'preserved'])] };
}
