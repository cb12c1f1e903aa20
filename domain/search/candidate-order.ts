import { compareCodePoints } from '../shared/code-point-order.ts';
import type { Candidate } from './candidate.ts';

/** What makes two candidates the same row: page and chunk; without a chunk the first 64 characters of the text. */
export function rowId({ key, chunk_id: chunk, text }: Candidate): string {
  return chunk === null ? `${key}::"${text.slice(0, IDENTIFYING_CHARACTERS)}` : `${key}::${chunk}`;
}

const IDENTIFYING_CHARACTERS = 64;

/** Best first; of equal scores the smaller key, then the smaller chunk id. Gives a new list. */
export function orderCandidates(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort(
    (left, right) =>
      right.score - left.score || compareCodePoints(left.key, right.key) || (left.chunk_id ?? Infinity) - (right.chunk_id ?? Infinity) || 0,
  );
}
