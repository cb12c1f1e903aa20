import type { Found } from './found.ts';
import type { IsAllowed } from './keyword-arm.ts';
import type { NearChunk } from './nearest-chunks.ts';
import type { SearchIndex } from './search-index.ts';

/** The `limit` chunks nearest to a query, best first. */
export type FindNearest = (limit: number) => readonly NearChunk[];

/** The `limit` chunks nearest to a vector, best first. */
export type FindNearestTo = (vector: Float32Array, limit: number) => readonly NearChunk[];

/** Chunks looked at for each that is wanted: a page may take several places among the nearest. */
const LOOKED_AT = 5;

/** Chunks by their cosine with the query: the best of each page first, then the second-best of each, up to `limit`; equal ones by key. */
export function searchVectors(index: SearchIndex, findNearest: FindNearest, limit: number, isAllowed: IsAllowed = () => true): Found[] {
  const tiers = tiersOf(index, findAllowed(index, findNearest, limit, isAllowed));
  const place = new Map((tiers[0] ?? []).map(({ chunk }, at) => [index.pageOfChunk(chunk), at]));
  const placeOf = ({ chunk }: Found): number => place.get(index.pageOfChunk(chunk))!;
  return tiers.flatMap((tier) => tier.toSorted((left, right) => placeOf(left) - placeOf(right))).slice(0, limit);
}

/** The nearest chunks that may be shown: as many as it takes for `limit` pages, as far as there are. */
function findAllowed(index: SearchIndex, findNearest: FindNearest, limit: number, isAllowed: IsAllowed): NearChunk[] {
  const pages = Math.min(limit, index.pageCount);
  for (let taken = limit * LOOKED_AT; ; taken *= 4) {
    const found = findNearest(Math.min(index.chunkCount, taken));
    const near = found.filter(({ chunk, cosine }) => cosine > 0 && isAllowed(index.pageOfChunk(chunk)));
    // Pages that may not be shown, or that have many chunks near the query, take the places of others: only then is there a second look.
    const isAll = taken >= index.chunkCount || (found.at(-1)?.cosine ?? 0) <= 0;
    if (isAll || new Set(near.map(({ chunk }) => index.pageOfChunk(chunk))).size >= pages) return near;
  }
}

/** The best chunks of all pages, then their second-best ones, and so on. */
function tiersOf(index: SearchIndex, near: readonly NearChunk[]): Found[][] {
  const ordered = near.toSorted(
    (left, right) =>
      right.cosine - left.cosine ||
      index.keyOrder[index.pageOfChunk(left.chunk)]! - index.keyOrder[index.pageOfChunk(right.chunk)]! ||
      left.chunk - right.chunk,
  );
  const seen = new Map<number, number>();
  const tiers: Found[][] = [];
  for (const { chunk, cosine } of ordered) {
    const page = index.pageOfChunk(chunk);
    const tier = seen.get(page) ?? 0;
    seen.set(page, tier + 1);
    (tiers[tier] ??= []).push({ chunk, score: cosine });
  }
  return tiers;
}
