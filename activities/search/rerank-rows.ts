import { rerankCandidates, type Candidate } from '../../domain/search/index.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { Degradation } from '../../schemas/vocabulary.ts';
import type { Reranker, SearchRequest } from '../search-ports.ts';
import { goOnWithout } from './go-on-without.ts';
import { withinTime } from './within-time.ts';

/** A list after the reranker had its say, or the same list and why it had none. */
export interface Reranked {
  readonly rows: readonly Candidate[];
  readonly isReranked: boolean;
  readonly degraded: Degradation | null;
}

/** Lets a reranker order the first rows, within its time. A search goes on without it and says so, whatever it does. */
export async function rerankRows(
  rows: readonly Candidate[],
  reranker: Reranker | null,
  knobs: SearchKnobs,
  { query, signal: caller, isEvaluation }: Pick<SearchRequest, 'query' | 'signal' | 'isEvaluation'>,
): Promise<Reranked> {
  if (!knobs.reranker) return { rows, isReranked: false, degraded: null };
  if (reranker === null) return { rows, isReranked: false, degraded: 'no_reranker' };
  const passages = rows.slice(0, knobs.rerank_top_n_in).map(({ title, text }) => (title === '' ? text : `${title}\n\n${text}`));
  if (passages.length === 0) return { rows, isReranked: false, degraded: null };
  try {
    const scores = await withinTime(knobs.rerank_timeout_ms, caller, (signal) => reranker.rerank(query, passages, signal));
    if (scores.length !== passages.length || !scores.every(Number.isFinite))
      return { rows, isReranked: false, degraded: 'reranker_failed' };
    return { rows: rerankCandidates(rows, scores), isReranked: true, degraded: null };
  } catch (error) {
    goOnWithout(error, { signal: caller, isEvaluation });
    return { rows, isReranked: false, degraded: 'reranker_failed' };
  }
}
