import { wordsOf } from './analyze.ts';
import type { RankedPage } from './found.ts';
import type { IsAllowed } from './keyword-arm.ts';
import type { SearchIndex } from './search-index.ts';

/** Longer titles are not looked for inside a query. */
const MOST_WORDS = 20;

/** The pages whose title or alias stands in the query as a phrase: those with the longest phrase first, equal ones by key. The score is its words. */
export function searchTitles(index: SearchIndex, query: string, limit: number, isAllowed: IsAllowed = () => true): RankedPage[] {
  const words = wordsOf(query);
  const found = new Map<number, number>();
  for (let length = Math.min(words.length, index.mostNameWords, MOST_WORDS); length > 0; length -= 1)
    for (let from = 0; from + length <= words.length; from += 1)
      for (const page of index.named(words.slice(from, from + length).join(' ')))
        if (!found.has(page) && isAllowed(page)) found.set(page, length);
  return [...found]
    .map(([page, score]) => ({ page, score }))
    .sort((left, right) => right.score - left.score || index.keyOrder[left.page]! - index.keyOrder[right.page]!)
    .slice(0, limit);
}
