import type { SearchIndexReport } from '../../schemas/search-index-report.ts';
import { plain } from '../io.ts';

/** Refusals that are listed; --json has them all. */
const LISTED = 20;

/** What indexing came to, for people. */
export function tellIndex(report: SearchIndexReport, isUnchanged: boolean): string {
  const { collection, pages, chunks, added, updated, removed, quarantined, generation, corpus_hash: hash, embedder, synopses } = report;
  const listed = quarantined.slice(0, LISTED).map(({ path, reason }) => `  ${plain(path)}: ${plain(reason)}`);
  const rest = quarantined.length - listed.length;
  return [
    `${collection}: ${pages} pages, ${chunks} chunks, generation ${generation}${isUnchanged ? ' (unchanged, nothing was written)' : ''}`,
    `pages added ${added}, updated ${updated}, removed ${removed}, quarantined ${quarantined.length}`,
    ...listed,
    ...(rest > 0 ? [`  and ${rest} more, all of them with --json`] : []),
    `corpus ${hash}`,
    ...(synopses === undefined
      ? []
      : [`synopses ${synopses.written} by ${plain(synopses.by)}, titles instead ${synopses.unusable + synopses.unanswered}`]),
    `embedder ${embedder === null ? 'none: searches go by words' : plain(embedder)}`,
  ].join('\n');
}
