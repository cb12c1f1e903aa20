/** What decides evaluations in a clone of Lauter: a change of it makes earlier figures stale. Changing this list requires a line in the changelog. */
export const DEFAULT_WATCH: readonly string[] = [
  'domain/search/',
  'domain/stats/',
  'domain/gate/',
  'domain/longmemeval/',
  'adapters/embedder/',
  'adapters/retriever/',
  'adapters/model/',
  'activities/search.ts',
  'activities/search/',
  'package-lock.json',
];
