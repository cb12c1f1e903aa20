import { canonicalJson } from '../shared/canonical-json.ts';
import type { JsonObject } from '../shared/json.ts';
import type { Sha256 } from '../shared/ledger-row.ts';

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
