import type { SearchPage } from '../../schemas/search-page.ts';
import { wordsOf } from './analyze.ts';

/** What pages are called by, each with the pages in the order in which they were added. */
export interface NameLists {
  readonly names: readonly string[];
  /** Where the pages of each name begin; one more than there are names. */
  readonly starts: Uint32Array;
  readonly pages: Uint32Array;
  /** Words of the longest title or alias. */
  readonly mostWords: number;
}

/** A title or an alias as a phrase: its words, folded, with one space between them. */
export function phraseOf(text: string): string {
  return wordsOf(text).join(' ');
}

/** A slug among the names: told from phrases by its first character. */
export function slugName(slug: string): string {
  return `/${slug.trim().toLowerCase()}`;
}

/** Collects titles, aliases and slugs of pages. */
export function listNames(pages: readonly SearchPage[]): NameLists {
  const lists = new Map<string, number[]>();
  let mostWords = 0;
  const add = (name: string, page: number): void => {
    const list = lists.get(name);
    if (list === undefined) lists.set(name, [page]);
    else if (list.at(-1) !== page) list.push(page);
  };
  for (const [number, page] of pages.entries()) {
    add(slugName(page.slug), number);
    for (const text of [page.title, ...page.aliases]) {
      const words = wordsOf(text);
      if (words.length === 0) continue;
      mostWords = Math.max(mostWords, words.length);
      add(words.join(' '), number);
    }
  }
  const starts = new Uint32Array(lists.size + 1);
  for (const [at, list] of [...lists.values()].entries()) starts[at + 1] = starts[at]! + list.length;
  return { names: [...lists.keys()], starts, pages: Uint32Array.from([...lists.values()].flat()), mostWords };
}
