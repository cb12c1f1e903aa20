import { listCollections } from '../../adapters/search/collection-store.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

/** Corpus hashes of the collections of the workspace that are marked as made up; none where there is no workspace. */
export function syntheticCorpora(io: Io, options: PlaceOptions): ReadonlySet<string> {
  try {
    const marked = listCollections(workspaceFolder(io, options)).filter(({ synthetic }) => synthetic);
    return new Set(marked.map(({ corpus_hash }) => corpus_hash));
  } catch (error) {
    if (error instanceof UsageError) return new Set();
    throw error;
  }
}
