import { canonicalJson } from '../shared/canonical-json.ts';
import type { JsonObject } from '../shared/json.ts';
import type { Sha256 } from '../shared/ledger-row.ts';

/** What two runs must have in common to be compared: contents, never labels. */
export interface ComparedParts {
  readonly corpus_content_hash: string;
  /** Null for an empty overlay. */
  readonly overlay_hash: string | null;
  /** Null when there are no questions. */
  readonly qa_content_hash: string | null;
  readonly embedding_model: string | null;
  readonly prompt_hash: string;
  readonly tuning_hash: string;
}

/** SHA-256 of the canonical JSON of all parts, corpus and overlay as one of them: equal for runs that may be compared. */
export function comparabilityKey({ overlay_hash, ...parts }: ComparedParts, sha256: Sha256): string {
  return sha256(canonicalJson({ ...parts, corpus_content_hash: corpusPart(parts.corpus_content_hash, overlay_hash, sha256) }));
}

/** How retrieval was tuned: everything that decides which results come back, and in which order. */
export interface Tuning extends JsonObject {
  mode: string;
  k: number;
  /** How many results each retriever puts in. */
  candidate_pools: Record<string, number>;
  /** Null where nothing is fused. */
  fusion_constant: number | null;
  fusion_weights: Record<string, number>;
  /** Whether newer events come first; the bench measures without. */
  recency: boolean;
  diversity_factor: number | null;
  metric_version: string;
}

/** SHA-256 of the canonical JSON of the tuning. */
export function tuningHash(tuning: Tuning, sha256: Sha256): string {
  return sha256(canonicalJson(tuning));
}

/** The corpus alone, or both hashes joined by a line feed, hashed again. */
function corpusPart(corpus: string, overlay: string | null, sha256: Sha256): string {
  return overlay === null ? corpus : sha256(`${corpus}\n${overlay}`);
}
