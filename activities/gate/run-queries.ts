import { lacksStage } from '../../domain/gate/index.ts';
import type { GivenAnswer, JudgedQuery } from '../../domain/measures/index.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';
import type { Retriever } from '../search-ports.ts';
import { errorTail, isFatal, type ReplayPlan } from './replay.ts';

/** What the queries of judgments came to. */
export interface QueriesRun {
  /** In the order of the queries. */
  readonly answers: readonly GivenAnswer[];
  /** Of the queries that did not throw. */
  readonly metas: readonly (Pick<SearchResponse, 'knob_hash'> & SearchResponse['meta'])[];
  /** Queries that ran without a stage that was asked for. */
  readonly degraded: number;
}

export interface QueriesPlan extends Pick<ReplayPlan, 'collection' | 'mode' | 'knobs' | 'signal' | 'onRow'> {
  /** Pages that are looked at. */
  readonly k: number;
  /** True when the queries bring their vectors: a search without the vector arm is then degraded. */
  readonly hasVectors: boolean;
}

/** Passages asked for: enough for `k` pages, of which each may take two, and never fewer than a user sees. */
const LEAST_PASSAGES = 10;

/** Runs the queries of judgments, one after the other, through the entry point that users call. A search that fails becomes an answer with an error. */
export async function runQueries(retriever: Retriever, queries: readonly JudgedQuery[], plan: QueriesPlan): Promise<QueriesRun> {
  const { collection, mode, knobs, signal, k, hasVectors } = plan;
  const limit = Math.max(2 * k, LEAST_PASSAGES);
  const answers: GivenAnswer[] = [];
  const metas: QueriesRun['metas'][number][] = [];
  for (const { query, embeddingDim } of queries) {
    signal?.throwIfAborted();
    try {
      const { results, meta, knob_hash } = await retriever.search({
        collection,
        query: query ?? '',
        strategy: 'hybrid',
        mode,
        knobs: { limit, ...knobs },
        isEvaluation: true,
        embeddingDim: hasVectors ? (embeddingDim ?? undefined) : undefined,
        signal,
      });
      answers.push({ keys: results.map(({ key }) => key) });
      metas.push({ knob_hash, ...meta });
    } catch (error) {
      if (isFatal(error) || signal?.aborted === true) throw error;
      answers.push({ error: errorTail(error) });
    }
    plan.onRow?.(answers.length);
  }
  const isDegraded = (meta: QueriesRun['metas'][number]): boolean => lacksStage(meta.degraded) || (hasVectors && !meta.vector_enabled);
  return { answers, metas, degraded: metas.filter(isDegraded).length };
}
