import type { Sha256 } from '../../shared/ledger-row.ts';

/** Something that can be drawn: the group it is drawn from, and its place in the order of chance. */
export interface Drawable {
  readonly group: string | number;
  readonly order: string;
}

/** Place of an event in the order of chance: sha256 of the seed, one NUL byte and the id. */
export function drawOrder(seed: number, eventId: string, sha256: Sha256): string {
  return sha256(`${seed}\0${eventId}`);
}

/**
 * All items in the order in which they are drawn: the first of every group, then the second of every group that has one, and so on; within a round,
 * and within a group, by their order of chance. Any beginning of the result is as even over the groups as they allow.
 */
export function drawEvenly<Item extends Drawable>(items: readonly Item[]): Item[] {
  const rounds = new Map<Drawable['group'], number>();
  return [...items]
    .sort(byOrder)
    .map((item) => {
      const round = rounds.get(item.group) ?? 0;
      rounds.set(item.group, round + 1);
      return { item, round };
    })
    .sort((left, right) => left.round - right.round || byOrder(left.item, right.item))
    .map(({ item }) => item);
}

/** Orders of chance are hexadecimal digits, for which the order of units is that of code points. */
function byOrder(left: Drawable, right: Drawable): number {
  if (left.order === right.order) return 0;
  return left.order < right.order ? -1 : 1;
}
