import { wordsOf } from './analyze.ts';
import type { Candidate } from './candidate.ts';

/** What repetition a list may hold. */
export interface DedupLimits {
  readonly maxPerPage: number;
  /** Likeness of the words of two rows of one page above which the later one goes. */
  readonly textJaccard: number;
  /** Share of the list that pages of one type may have. */
  readonly typeRatio: number;
}

const FIRST_PASS_PER_PAGE = 3;

/**
 * A list, best first, without its repetitions: rows of one page that say the same, types that crowd out others, more rows of a page than wanted. A
 * page of which only timeline or body is left gets its compiled truth in the place of its lowest row, where `candidates` has one. What pages say like
 * other pages stays.
 */
export function dedupCandidates(candidates: readonly Candidate[], { maxPerPage, textJaccard, typeRatio }: DedupLimits): Candidate[] {
  const roomy = limitPerPage(candidates, FIRST_PASS_PER_PAGE);
  const distinct = textJaccard < 1 ? dropLikeRows(roomy, textJaccard) : roomy;
  const mixed = limitTypes(distinct, typeRatio);
  return showCompiled(limitPerPage(mixed, maxPerPage), candidates);
}

function limitPerPage(candidates: readonly Candidate[], most: number): readonly Candidate[] {
  const counts = new Map<string, number>();
  return candidates.filter(({ key }) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= most;
  });
}

function dropLikeRows(candidates: readonly Candidate[], limit: number): readonly Candidate[] {
  const kept = new Map<string, Candidate[]>();
  const words = new Map<Candidate, ReadonlySet<string>>();
  // Most pages have one row: its words are never looked at.
  const wordsIn = (row: Candidate): ReadonlySet<string> => {
    const known = words.get(row) ?? new Set(wordsOf(row.text));
    words.set(row, known);
    return known;
  };
  return candidates.filter((row) => {
    const earlier = kept.get(row.key) ?? [];
    if (earlier.some((other) => jaccard(wordsIn(row), wordsIn(other)) > limit)) return false;
    kept.set(row.key, [...earlier, row]);
    return true;
  });
}

/** Shared words over all words; two texts without words are alike. */
function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  const all = one.size + other.size - shared;
  return all === 0 ? 1 : shared / all;
}

function limitTypes(candidates: readonly Candidate[], ratio: number): readonly Candidate[] {
  const counts = new Map<string, number>();
  if (new Set(candidates.map(({ facts }) => facts.type)).size < 2) return candidates;
  const most = Math.max(1, Math.floor(candidates.length * ratio));
  return candidates.filter(({ facts }) => {
    const count = (counts.get(facts.type) ?? 0) + 1;
    counts.set(facts.type, count);
    return count <= most;
  });
}

function showCompiled(kept: readonly Candidate[], candidates: readonly Candidate[]): Candidate[] {
  const shown = new Set(kept.filter(({ kind }) => kind === 'compiled_truth').map(({ key }) => key));
  const lowest = new Map(kept.map(({ key }, at) => [key, at]));
  const rows = [...kept];
  for (const candidate of candidates) {
    const at = lowest.get(candidate.key);
    if (candidate.kind !== 'compiled_truth' || at === undefined || shown.has(candidate.key)) continue;
    shown.add(candidate.key);
    // The place is the replaced row's, so its score is too: the list stays in order.
    rows[at] = { ...candidate, score: rows[at]!.score, flags: [...candidate.flags, 'compiled_truth'] };
  }
  return rows;
}
