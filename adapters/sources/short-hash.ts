import { createHash } from 'node:crypto';

/** First hexadecimal digits of the sha256 of a text: 8 tell apart tasks that share an id, 16 tell apart tasks that have none. */
export function shortHash(text: string, digits: 8 | 16 = 8): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, digits);
}
