import type { SearchArm } from '../../schemas/vocabulary.ts';
import type { Candidate } from './candidate.ts';
import type { Found } from './found.ts';
import type { RankedList } from './fuse-ranks.ts';
import { cosineAt } from './nearest-chunks.ts';
import type { SearchIndex } from './search-index.ts';

/** What an arm brought, best first. */
export interface NamedList extends RankedList<Candidate> {
  readonly arm: SearchArm;
}

/** A chunk that an arm found, with all that the stages after it need to know. `vector`: the query's, of length 1. */
export function candidateOf(
  { index, vectors }: { readonly index: SearchIndex; readonly vectors: Float32Array | null },
  { chunk, score }: Found,
  arm: SearchArm,
  vector: Float32Array | null,
): Candidate {
  const { page, kind, text } = index.chunk(chunk);
  const { source_id: sourceId, slug, title } = index.page(page);
  return {
    source_id: sourceId,
    slug,
    key: index.key(page),
    chunk_id: index.chunkId(chunk),
    kind,
    title,
    text,
    facts: index.facts(page),
    score,
    keyword_hit: arm === 'keyword',
    arms: [arm],
    flags: [],
    cosine: vector === null || vectors === null ? null : cosineAt(vector, vectors, chunk),
    rerank_score: null,
  };
}
