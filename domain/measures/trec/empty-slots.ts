/** Slots of a table by hash: at least twice as many slots as there are entries, a power of two; 0 is an empty one. */
export function emptySlots(count: number): Int32Array {
  return new Int32Array(2 ** Math.ceil(Math.log2(Math.max(count, 1) * 2)));
}
