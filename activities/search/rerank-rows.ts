import { RetrieverError } from '../../domain/shared/errors.ts';
import { rerankCandidates, type Candidate } from '../../domain/search/index.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { Degradation } from '../../schemas/vocabulary.ts';
import type { Reranker } from '../search-ports.ts';

/** A list after the reranker had its say, or the same list and why it had none. */
export interface Reranked {
  readonly rows: readonly Candidate[];
  readonly isReranked: boolean;
  readonly degraded: Degradation | null;
}

/** Lets a reranker order the first rows, within its time. A search goes on without it and says so. */
export async function rerankRows(
  rows: readonly Candidate[],
  query: string,
  reranker: Reranker | null,
  knobs: SearchKnobs,
  signal: AbortSignal | undefined,
): Promise<Reranked> {
  if (!knobs.reranker) return { rows, isReranked: false, degraded: null };
  if (reranker === null) return { rows, isReranked: false, degraded: 'no_reranker' };
  const first = rows.slice(0, knobs.rerank_top_n_in);
  if (first.length === 0) return { rows, isReranked: false, degraded: null };
  const timeout = AbortSignal.timeout(knobs.rerank_timeout_ms);
  try {
    const scores = await reranker.rerank(
      query,
      first.map(({ title, text }) => (title === '' ? text : `${title}\n\n${text}`)),
      signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    );
    return { rows: rerankCandidates(rows, scores), isReranked: true, degraded: null };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof RetrieverError || timeout.aborted) return { rows, isReranked: false, degraded: 'reranker_failed' };
    throw error;
  }
}
