import type { Random } from '../shared/random.ts';

/** Each word as often as its count says, shuffled: chance decides the order, never how many. */
export function dealDeck<Word extends string>(random: Random, counts: Readonly<Record<Word, number>>): Word[] {
  const cards: Word[] = [];
  for (const word of Object.keys(counts) as Word[]) {
    for (let nth = 0; nth < counts[word]; nth += 1) cards.push(word);
  }
  return random.shuffle(cards);
}

/** The list again and again in fresh shuffles, so that every item is used before one comes twice. */
export function cycle<T>(random: Random, items: readonly T[]): () => T {
  let waiting: T[] = [];
  return () => {
    if (waiting.length === 0) waiting = random.shuffle(items);
    return waiting.pop() as T;
  };
}
