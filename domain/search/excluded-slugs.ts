/** Slugs that no search returns. */
const NEVER_RETURNED = ['test/', 'attachments/', '.raw/'];

/** The prefixes that are never returned, with those of LAUTER_SEARCH_EXCLUDE (separated by commas). */
export function readExcludedPrefixes(added: string | undefined): readonly string[] {
  const stated = (added ?? '').split(',').map((prefix) => prefix.trim());
  return [...NEVER_RETURNED, ...stated.filter((prefix) => prefix !== '')];
}

/** True for a slug that begins with one of the prefixes. */
export function isExcluded(slug: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => slug.startsWith(prefix));
}
