import { cosine } from '../shared/cosine.ts';

/** What an answer is kept under, and what is asked for again. */
export interface CacheKey {
  readonly knob_hash: string;
  readonly generation: number;
  /** Null for all sources. */
  readonly source: string | null;
  readonly query: string;
  readonly vector: ArrayLike<number>;
}

export interface CacheRule {
  /** Cosine from which two queries may share an answer. */
  readonly similarity: number;
  readonly ttlMs: number;
}

const LEAST_DICE = 0.5;

/** Whether a kept answer serves a query: same knobs, generation and source, young enough, near in meaning and alike in spelling. */
export function isCacheHit(kept: CacheKey & { readonly storedAtMs: number }, asked: CacheKey, rule: CacheRule, nowMs: number): boolean {
  return (
    kept.knob_hash === asked.knob_hash &&
    kept.generation === asked.generation &&
    kept.source === asked.source &&
    nowMs - kept.storedAtMs < rule.ttlMs &&
    cosine(kept.vector, asked.vector) >= rule.similarity &&
    bigramDice(kept.query, asked.query) >= LEAST_DICE
  );
}

/** Dice of the pairs of neighbouring characters of two texts, repeated ones counted, letter case and outer white space aside: 0 to 1. */
export function bigramDice(one: string, other: string): number {
  const [left, right] = [fold(one), fold(other)];
  if (left === right) return 1;
  const [pairs, others] = [bigramsOf(left), bigramsOf(right)];
  const counts = new Map<string, number>();
  for (const pair of pairs) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of others) {
    const count = counts.get(pair) ?? 0;
    if (count === 0) continue;
    shared += 1;
    counts.set(pair, count - 1);
  }
  const all = pairs.length + others.length;
  return all === 0 ? 0 : (2 * shared) / all;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

function bigramsOf(text: string): string[] {
  const characters = Array.from(text);
  return characters.slice(1).map((character, at) => `${characters[at]!}${character}`);
}
