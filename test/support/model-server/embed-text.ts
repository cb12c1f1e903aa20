import { createHash } from 'node:crypto';
import { wordsOf } from './texts.ts';

const DIMENSIONS = 64;

/** A vector that texts with the same words share: every word adds to one dimension, chosen by its hash. */
export function embedText(text: string): number[] {
  const vector = Array<number>(DIMENSIONS).fill(0);
  for (const word of wordsOf(text)) {
    const [place = 0, sign = 0] = createHash('sha256').update(word).digest();
    vector[place % DIMENSIONS]! += sign % 2 === 0 ? 1 : -1;
  }
  return vector;
}
