import type { SearchPage } from '../../schemas/search-page.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { CollectionError } from '../shared/errors.ts';
import { isObject, type JsonValue } from '../shared/json.ts';

/** What an index keeps of a page beside its texts, as JSON: read only for pages that are found. Links are those that lead to a page of the index. */
export interface PageRecord {
  readonly source_id: string;
  readonly slug: string;
  readonly title: string;
  readonly type: string;
  readonly aliases: readonly string[];
  readonly links: readonly { readonly type: string; readonly page: number }[];
  readonly effective_date: string | null;
  readonly session_id: string | null;
  readonly salience: number | null;
  readonly is_superseded: boolean;
  readonly embedding_dim: number | null;
}

/** The identity of a page. */
export function pageKey({ source_id: source, slug }: Pick<SearchPage, 'source_id' | 'slug'>): string {
  return `${source}::${slug}`;
}

/** The records of all pages, with links resolved: a target is a slug of the same source, or `source::slug`. */
export function recordPages(pages: readonly SearchPage[]): PageRecord[] {
  const numbers = new Map(pages.map((page, number) => [pageKey(page), number]));
  return pages.map((page) => ({
    source_id: page.source_id,
    slug: page.slug,
    title: page.title,
    type: page.type,
    aliases: page.aliases,
    links: page.links.flatMap(({ type, target }) => {
      const number = numbers.get(pageKey({ source_id: page.source_id, slug: target })) ?? numbers.get(target);
      return number === undefined ? [] : [{ type, page: number }];
    }),
    effective_date: page.effective_date ?? null,
    session_id: page.session_id ?? null,
    salience: page.salience ?? null,
    is_superseded: (page.superseded_by ?? '') !== '',
    embedding_dim: page.embedding_dim ?? null,
  }));
}

/** The record of a page in an index of so many pages, from its JSON; CollectionError for what is none. */
export function readRecord(json: string, pageCount: number): PageRecord {
  const record = parsed(json);
  if (isRecord(record, pageCount)) return record;
  throw new CollectionError(
    'reading a page of a collection: expected its record, found something else.',
    'Make the collection anew with `lauter search index NAME --from PATH --replace`.',
  );
}

/** Undefined for what is no JSON: the error would quote it. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const TEXTS = ['source_id', 'slug', 'title', 'type'] as const;
const TEXTS_OR_NULL = ['effective_date', 'session_id'] as const;

function isRecord(value: unknown, pageCount: number): value is PageRecord {
  const record = value as JsonValue | undefined;
  if (!isObject(record)) return false;
  const { aliases, links } = record;
  return (
    TEXTS.every((name) => typeof record[name] === 'string') &&
    TEXTS_OR_NULL.every((name) => record[name] === null || typeof record[name] === 'string') &&
    Array.isArray(aliases) &&
    aliases.every((alias) => typeof alias === 'string') &&
    Array.isArray(links) &&
    links.every((link) => isObject(link) && typeof link.type === 'string' && isPage(link.page, pageCount))
  );
}

function isPage(value: JsonValue | undefined, pageCount: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < pageCount;
}

/** The place of each page when all are sorted by key: what decides between equal scores. */
export function keyOrder(pages: readonly SearchPage[]): Uint32Array {
  const keys = pages.map(pageKey);
  const sorted = [...keys.keys()].sort((left, right) => compareCodePoints(keys[left]!, keys[right]!));
  const order = new Uint32Array(keys.length);
  for (const [place, page] of sorted.entries()) order[page] = place;
  return order;
}
