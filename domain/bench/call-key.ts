import type { AttemptPurpose } from '../../schemas/vocabulary.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Sha256 } from '../shared/ledger-row.ts';

/** How a model samples; null is left to the server. */
export interface SamplingSettings {
  readonly temperature: number;
  readonly top_p: number | null;
  readonly max_tokens: number | null;
  readonly seed: number | null;
}

/** What makes a call the one it is. */
export interface CallIdentity {
  readonly run_id: string;
  readonly model_id: string;
  readonly event_id: string;
  readonly purpose: AttemptPurpose;
  readonly attempt_idx: number;
  readonly prompt_hash: string;
  readonly sampling: SamplingSettings;
}

/** The idempotency key of a call: SHA-256 of the canonical JSON of its identity. The run is part of it, so no run ever takes a reply of another. */
export function callKey({ run_id, model_id, event_id, purpose, attempt_idx, prompt_hash, sampling }: CallIdentity, sha256: Sha256): string {
  const { temperature, top_p, max_tokens, seed } = sampling;
  return sha256(
    canonicalJson({
      run_id,
      model_id,
      event_id,
      purpose,
      attempt_idx,
      prompt_hash,
      sampling: { temperature, top_p, max_tokens, seed },
    }),
  );
}
