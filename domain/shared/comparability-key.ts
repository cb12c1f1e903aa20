import { canonicalJson } from './canonical-json.ts';
import type { Sha256 } from './ledger-row.ts';

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

/** sha256 of the canonical JSON of the parts; with an overlay, the corpus part is sha256 of both hashes joined by a line feed. */
export function comparabilityKey({ overlay_hash: overlay, ...parts }: ComparedParts, sha256: Sha256): string {
  const corpus = parts.corpus_content_hash;
  return sha256(canonicalJson({ ...parts, corpus_content_hash: overlay === null ? corpus : sha256(`${corpus}\n${overlay}`) }));
}
