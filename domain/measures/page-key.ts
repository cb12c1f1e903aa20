/** The source of a page that names none. */
export const DEFAULT_SOURCE = 'default';

/** What a page is called everywhere: `source_id::slug`. The same slug in two sources is two pages. */
export function pageKey(slug: string, sourceId = DEFAULT_SOURCE): string {
  return `${sourceId}::${slug}`;
}

/** The key of a page that a file names by its key or by its slug alone, which then is one of the default source. */
export function liftKey(id: string): string {
  return id.includes('::') ? id : pageKey(id);
}

/** The other way: the slug alone of a page of the default source, the key of any other page. */
export function dropDefaultSource(key: string): string {
  const prefix = pageKey('');
  return key.startsWith(prefix) && !key.slice(prefix.length).includes('::') ? key.slice(prefix.length) : key;
}
