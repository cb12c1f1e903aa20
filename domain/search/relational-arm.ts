import { analyze } from './analyze.ts';
import type { RankedPage } from './found.ts';
import type { IsAllowed } from './keyword-arm.ts';
import type { SearchIndex } from './search-index.ts';

/** How far to walk from the named pages, and how many rows to bring. */
export interface RelationalReach {
  readonly depth: number;
  readonly most: number;
}

/** Pages looked at from one page: one that everything links to would lead everywhere. */
const MOST_NEIGHBOURS = 200;

/**
 * The pages that typed links lead to from those that the query names, in either direction. First those over a link whose type is a word of the query
 * (`invested_in` and "who invested in …"), then by distance, then by key. The score is 1 / distance, and 1 more for a link that was asked for.
 */
export function walkLinks(
  index: SearchIndex,
  { query, named }: { readonly query: string; readonly named: readonly number[] },
  { depth, most }: RelationalReach,
  isAllowed: IsAllowed = () => true,
): RankedPage[] {
  const asked = new Set(analyze(query));
  const scores = new Map<number, number>();
  const reached = new Set(named);
  let edge = named;
  for (let distance = 1; distance <= depth && edge.length > 0; distance += 1) {
    const next: number[] = [];
    for (const from of edge)
      for (const { page, type } of neighbours(index, from)) {
        if (reached.has(page) && !scores.has(page)) continue;
        const isAsked = distance === 1 && analyze(type.replace(/[_-]+/g, ' ')).some((word) => asked.has(word));
        const score = 1 / distance + (isAsked ? 1 : 0);
        if (score > (scores.get(page) ?? 0)) scores.set(page, score);
        if (reached.has(page)) continue;
        reached.add(page);
        next.push(page);
      }
    edge = next;
  }
  return [...scores]
    .map(([page, score]) => ({ page, score }))
    .filter(({ page }) => isAllowed(page))
    .sort((left, right) => right.score - left.score || index.keyOrder[left.page]! - index.keyOrder[right.page]!)
    .slice(0, most);
}

function neighbours(index: SearchIndex, from: number): { readonly page: number; readonly type: string }[] {
  const outgoing = index.page(from).links;
  const incoming = Array.from(index.incoming(from).subarray(0, MOST_NEIGHBOURS)).flatMap((page) =>
    index
      .page(page)
      .links.filter((link) => link.page === from)
      .map(({ type }) => ({ page, type })),
  );
  return [...outgoing.slice(0, MOST_NEIGHBOURS), ...incoming].filter(({ page }) => page !== from);
}
