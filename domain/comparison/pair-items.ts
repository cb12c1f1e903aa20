import { compareCodePoints } from '../shared/code-point-order.ts';

/** An item that both sides answered. */
export interface Pair<Item> {
  readonly id: string;
  readonly a: Item;
  readonly b: Item;
}

/** Pairs in the order of their ids, and the ids that only one side has. A comparison is paired, so either of those lists makes it impossible. */
export interface Pairing<Item> {
  readonly pairs: readonly Pair<Item>[];
  readonly onlyInA: readonly string[];
  readonly onlyInB: readonly string[];
}

/** Pairs what two sides answered by the id of the item, compared byte for byte. */
export function pairItems<Item>(a: ReadonlyMap<string, Item>, b: ReadonlyMap<string, Item>): Pairing<Item> {
  const ids = [...a.keys()].sort(compareCodePoints);
  return {
    pairs: ids.flatMap((id) => (b.has(id) ? [{ id, a: a.get(id)!, b: b.get(id)! }] : [])),
    onlyInA: ids.filter((id) => !b.has(id)),
    onlyInB: [...b.keys()].filter((id) => !a.has(id)).sort(compareCodePoints),
  };
}
