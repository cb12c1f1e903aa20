import { RetrieverError } from '../../domain/shared/errors.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';
import type { Degradation } from '../../schemas/vocabulary.ts';
import { errorTail, isFatal } from '../gate/replay.ts';
import type { Retriever, SearchRequest } from '../search-ports.ts';

/** A query to be asked, and what only it needs. */
export interface AskedQuery {
  readonly id: string;
  readonly query: string;
  readonly embeddingDim: number | null;
}

/** What came back for a query: passages best first, or the reason why there are none. */
export interface GivenHits {
  readonly id: string;
  readonly outcome: 'scored' | 'system_failure' | 'harness_error';
  readonly hits: readonly { readonly key: string; readonly score: number }[];
  readonly degraded: readonly Degradation[];
  readonly latencyMs: number | null;
  readonly error: string | null;
  /** Null where the search threw. */
  readonly meta: (Pick<SearchResponse, 'mode' | 'knob_hash'> & Pick<SearchResponse['meta'], 'corpus_hash' | 'generation'>) | null;
}

/** The part of a search that every query of an evaluation shares. */
export type SharedRequest = Omit<SearchRequest, 'query' | 'isEvaluation' | 'embeddingDim'>;

/**
 * Puts queries to a search engine, one after the other, in their order: the entry point that users call, without cache and capture. A search that
 * fails or finds nothing is a failure of the system; anything else that is thrown in the course of one is a fault of ours. What says that no question
 * can be put at all (CollectionError, ConfigError, UsageError), that nothing more may be paid for (OverBudgetError), and an interrupt are thrown on.
 */
export async function askQueries(
  retriever: Retriever,
  queries: readonly AskedQuery[],
  shared: SharedRequest,
  tell: (done: number) => void,
): Promise<GivenHits[]> {
  const given: GivenHits[] = [];
  for (const query of queries) {
    shared.signal?.throwIfAborted();
    given.push(await askOne(retriever, query, shared));
    tell(given.length);
  }
  return given;
}

async function askOne(retriever: Retriever, { id, query, embeddingDim }: AskedQuery, shared: SharedRequest): Promise<GivenHits> {
  try {
    const response = await retriever.search({ ...shared, query, embeddingDim: embeddingDim ?? undefined, isEvaluation: true });
    const { mode, knob_hash, results, meta } = response;
    return {
      id,
      outcome: results.length === 0 ? 'system_failure' : 'scored',
      hits: results.map(({ key, score }) => ({ key, score })),
      degraded: meta.degraded,
      latencyMs: meta.latency_ms,
      error: results.length === 0 ? 'nothing was found' : null,
      meta: { mode, knob_hash, corpus_hash: meta.corpus_hash, generation: meta.generation },
    };
  } catch (error) {
    shared.signal?.throwIfAborted();
    if (isFatal(error)) throw error;
    const outcome = error instanceof RetrieverError ? 'system_failure' : 'harness_error';
    return { id, outcome, hits: [], degraded: [], latencyMs: null, error: errorTail(error), meta: null };
  }
}
