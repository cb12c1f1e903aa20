import { fc } from '../../support/fast-check.ts';

/** Bytes in pieces of these sizes, over and over; empty pieces too. */
export async function* inChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncIterable<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** Sizes of pieces, at least one of which is not empty. */
export function chunkSizes(): fc.Arbitrary<number[]> {
  return fc.array(fc.oneof(fc.nat(4), fc.nat(40)), { minLength: 1, maxLength: 6 }).filter((sizes) => sizes.some((size) => size > 0));
}

/** All batches in one list. */
export async function collect<Item>(batches: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const batch of batches) items.push(...batch);
  return items;
}
