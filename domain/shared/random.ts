/** Chance that can be repeated: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, n). */
  int(n: number): number;
  /** One item of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** The items in another order; the list itself stays as it is. */
  shuffle<T>(list: readonly T[]): T[];
}

/** A generator that starts from the low 32 bits of `seed` (mulberry32). Not for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  function int(n: number): number {
    return Math.floor(next() * n);
  }

  function pick<T>(list: readonly T[]): T {
    if (list.length === 0)
      throw new RangeError('picking one item, on a list: expected at least one item, found none. Pass a list that is not empty.');
    return list[int(list.length)] as T;
  }

  function shuffle<T>(list: readonly T[]): T[] {
    const items = [...list];
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = int(last + 1);
      [items[last], items[other]] = [items[other] as T, items[last] as T];
    }
    return items;
  }

  return { next, int, pick, shuffle };
}

/** A seed of its own for each label (FNV-1a over seed and label), so that one consumer more does not shift the numbers of the others. */
export function deriveSeed(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ (seed >>> 0)) >>> 0;
  for (let at = 0; at < label.length; at += 1) {
    hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash;
}
