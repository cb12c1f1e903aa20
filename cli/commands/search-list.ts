import { listCollections } from '../../adapters/search/collection-store.ts';
import type { SearchListReport } from '../../schemas/search-list-report.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { textTable } from '../text-table.ts';

export interface SearchListOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter search list`: the collections of the workspace. */
export function searchList(io: Io, options: SearchListOptions): ExitCode {
  const { root } = existingWorkspace(io, options);
  const collections = listCollections(root).map(
    ({ name, generation, pages, chunks, corpus_hash: hash, embedder, synthetic, written_at: writtenAt }) => ({
      name,
      generation,
      pages,
      chunks,
      corpus_hash: hash,
      embedder,
      synthetic,
      written_at: writtenAt,
    }),
  );
  const report: SearchListReport = { schema_version: 1, collections };
  io.out(options.json === true ? JSON.stringify(report, null, 2) : told(report));
  return EXIT.accepted;
}

function told({ collections }: SearchListReport): string {
  if (collections.length === 0) return 'no collections yet: `lauter search index NAME --from PATH` makes one';
  return textTable(
    ['collection', 'pages', 'chunks', 'generation', 'embedder', 'synthetic', 'written'],
    collections.map(({ name, pages, chunks, generation, embedder, synthetic, written_at: writtenAt }) => [
      name,
      String(pages),
      String(chunks),
      String(generation),
      plain(embedder ?? 'none'),
      synthetic ? 'yes' : 'no',
      writtenAt,
    ]),
  );
}
