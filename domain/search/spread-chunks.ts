import type { Found, RankedPage } from './found.ts';

/**
 * The best chunk of each page, in the order of the pages; then their second-best chunks in the same order, and so on, up to `limit`. So a list of
 * chunks ranks pages as the pages were ranked. A chunk without a score follows only as the best of its page.
 *
 * `firstChunks[page]` is the page's first chunk; `chunkScores` is null when every page has one chunk only.
 */
export function spreadChunks(
  pages: readonly RankedPage[],
  {
    firstChunks,
    chunkScores,
    limit,
  }: { readonly firstChunks: Uint32Array; readonly chunkScores: Float64Array | null; readonly limit: number },
): Found[] {
  if (chunkScores === null || pages.length >= limit) {
    return pages.slice(0, limit).map(({ page, score }) => ({ chunk: bestChunk(firstChunks, chunkScores, page), score }));
  }
  const ordered = pages.map(({ page, score }) => ({ score, chunks: orderChunks(firstChunks, chunkScores, page) }));
  const spread: Found[] = [];
  for (let tier = 0; spread.length < limit; tier += 1) {
    const before = spread.length;
    for (const { chunks, score } of ordered) {
      const chunk = chunks[tier];
      if (chunk === undefined || spread.length === limit) continue;
      if (tier === 0 || chunkScores[chunk]! > 0) spread.push({ chunk, score });
    }
    if (spread.length === before) break;
  }
  return spread;
}

/** The chunk of a page with the highest score, the first of equal ones; the first at all when there are no scores. */
export function bestChunk(firstChunks: Uint32Array, scores: Float64Array | null, page: number): number {
  let best = firstChunks[page]!;
  if (scores === null) return best;
  for (let chunk = best + 1; chunk < firstChunks[page + 1]!; chunk += 1) if (scores[chunk]! > scores[best]!) best = chunk;
  return best;
}

/** Best first; of equal ones, the earlier one. */
function orderChunks(firstChunks: Uint32Array, scores: Float64Array, page: number): number[] {
  const [from, to] = [firstChunks[page]!, firstChunks[page + 1]!];
  return Array.from({ length: to - from }, (_, at) => from + at).sort((left, right) => scores[right]! - scores[left]! || left - right);
}
