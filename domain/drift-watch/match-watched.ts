/**
 * The paths that a watch list names, sorted, each once. An entry that ends in a slash names everything below that folder, any other one file. Paths are
 * relative to the root of the repository, with slashes; null, for a root that is no repository, has none.
 */
export function matchWatched(watch: readonly string[], paths: readonly string[] | null): string[] {
  const isWatched = (path: string): boolean => watch.some((entry) => (isFolder(entry) ? path.startsWith(entry) : path === entry));
  return [...new Set((paths ?? []).filter(isWatched))].sort();
}

/** A lone slash would name everything by accident. */
function isFolder(entry: string): boolean {
  return entry.length > 1 && entry.endsWith('/');
}
