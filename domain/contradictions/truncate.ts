import { cut } from '../shared/text.ts';

/** How texts are shortened for a judge; part of every cache key. */
export function truncationPolicy(maxPairChars: number): string {
  return `${maxPairChars}-chars-utf8-safe`;
}

/** What a judge is shown of a text: at most so many UTF-16 units, no half of a character. */
export function truncateForJudge(text: string, maxPairChars: number): string {
  return cut(text.toWellFormed(), maxPairChars);
}
