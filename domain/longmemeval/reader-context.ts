import type { SearchHit } from '../../schemas/search-response.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import { fenceSession, LENGTH_CAP } from '../fencing/index.ts';
import { analyze, chunkPage } from '../search/index.ts';
import type { Haystack } from './haystack.ts';

/** What a reader gets to see of a haystack. */
export interface ReaderContext {
  /** Fenced sessions, each around its matched passages; the oldest first, those without a date last. */
  readonly blocks: readonly string[];
  readonly sessions: number;
  readonly chars: number;
  /** Sessions that are longer than what is shown of them. */
  readonly truncated: number;
}

/** The sessions that were found, in the form in which they may stand in a prompt. A session of which nothing matched is never shown. */
export function readerContext(haystack: Haystack, hits: readonly SearchHit[]): ReaderContext {
  const pages = new Map(haystack.pages.map((page) => [page.slug, page]));
  const slugs = [...new Set(hits.map(({ slug }) => slug))].filter((slug) => pages.has(slug));
  const fenced = byDate(slugs, pages).map((slug) => {
    const page = pages.get(slug)!;
    const around = hits.filter((hit) => hit.slug === slug).map(({ text }) => passageIn(page, text));
    return fenceSession({ id: slug, date: haystack.dates.get(slug), text: page.text ?? '', around });
  });
  return {
    blocks: fenced.map(({ block }) => block),
    sessions: fenced.length,
    chars: fenced.reduce((sum, { block }) => sum + block.length, 0),
    truncated: fenced.filter(({ matched }) => matched.includes(LENGTH_CAP)).length,
  };
}

function byDate(slugs: readonly string[], pages: ReadonlyMap<string, SearchPage>): string[] {
  const dateOf = (slug: string): string => pages.get(slug)?.effective_date ?? '9999';
  return slugs.toSorted((left, right) => (dateOf(left) < dateOf(right) ? -1 : dateOf(left) > dateOf(right) ? 1 : 0));
}

/** The matched stretch of a session. An engine that does not give a session's own words is taken to mean the chunk that shares most of them. */
function passageIn(page: SearchPage, matched: string): string {
  if (matched !== '' && (page.text ?? '').includes(matched)) return matched;
  const words = new Set(analyze(matched));
  let [best, most] = ['', -1];
  for (const { text } of chunkPage(page)) {
    const shared = new Set(analyze(text).filter((word) => words.has(word))).size;
    if (shared > most) [best, most] = [text, shared];
  }
  return best;
}
