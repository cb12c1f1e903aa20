import type { Sha256 } from '../shared/ledger-row.ts';
import { drawOrder } from './corpus/draw.ts';

/** The ids in the order of chance that a seed gives them, whatever order they come in: the first n of them are a sample that the seed alone decides. */
export function orderBySeed(ids: Iterable<string>, seed: number, sha256: Sha256): string[] {
  const keyed = [...new Set(ids)].map((id) => ({ id, order: drawOrder(seed, id, sha256) }));
  return keyed.sort((left, right) => (left.order < right.order ? -1 : 1)).map(({ id }) => id);
}
