import { isCacheHit } from '../../domain/search/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';
import type { SearchRequest } from '../search-ports.ts';
import type { OpenCollection } from './open-collection.ts';
import type { SearchPlan } from './plan-search.ts';
import type { SearchWorld } from './search-world.ts';

/** The answers that were given before to requests like this one. */
export interface KeptAnswers {
  /** What a nearly equal query was answered, as the answer to this one; undefined when there is none. */
  find(): SearchResponse | undefined;
  /** Keeps an answer for others. One whose reranker or other wordings failed is not: they may do better in a moment. */
  keep(answer: SearchResponse): void;
}

/** Null for a search that neither takes such an answer nor leaves one: evaluations, those that ask why, and those without a vector. */
export function keptAnswers(
  { answers, nowMs, excluded, sha256 }: SearchWorld,
  { name, corpusHash, generation }: OpenCollection,
  { query, strategy, source: only, offset = 0, isEvaluation, usesCache, isExplained }: SearchRequest,
  { resolved, knobHash, intent, detail, vector }: SearchPlan,
): KeptAnswers | null {
  const { semantic_cache: isOn, cache_similarity: similarity, cache_ttl_s: ttlS } = resolved.knobs;
  if (answers === undefined || vector === null || !isOn || isEvaluation || usesCache === false || isExplained === true) return null;
  const source = only ?? null;
  const asked = { knob_hash: knobHash, generation, source, query, vector };
  const ttlMs = ttlS * 1_000;
  // Everything that decides an answer, except for the wording: what the wording asks for must be the same too.
  const scope = sha256(
    canonicalJson({
      knob_hash: knobHash,
      generation,
      corpus_hash: corpusHash,
      source,
      mode: resolved.mode,
      strategy,
      offset,
      detail,
      intent: { ...intent, weights: { ...intent.weights } },
      excluded: [...excluded],
    }),
  );
  return {
    find() {
      const serves = (kept: { readonly query: string; readonly vector: Float32Array; readonly storedAtMs: number }): boolean =>
        kept.vector.length === vector.length && isCacheHit({ ...asked, ...kept }, asked, { similarity, ttlMs }, nowMs());
      const found = answers.find(name, scope, serves);
      return found === undefined ? undefined : { ...found, query };
    },
    keep(answer) {
      if (answer.meta.degraded.some((one) => one === 'reranker_failed' || one === 'expansion_failed')) return;
      answers.keep(name, { scope, query, vector, response: answer, storedAtMs: Math.floor(nowMs()) }, ttlMs);
    },
  };
}
