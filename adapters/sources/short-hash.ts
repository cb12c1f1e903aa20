import { createHash } from 'node:crypto';

/** First 8 hexadecimal digits of the sha256 of a text: tells apart tasks that share an id. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 8);
}
