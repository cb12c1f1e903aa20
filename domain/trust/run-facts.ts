import { isObject, type JsonObject, type JsonValue } from '../shared/json.ts';
import { cardDigestOf } from '../shared/model-card.ts';
import type { RunFile } from '../shared/run-file.ts';

/** What a run records about itself and about one model, as far as the ledger asks. Null where it does not. */
export interface RunFacts {
  readonly sweepId: string | null;
  readonly corpusContentHash: string | null;
  readonly qaContentHash: string | null;
  readonly embeddingModel: string | null;
  readonly promptHash: string | null;
  readonly tuningHash: string | null;
  readonly temperature: number | null;
  readonly gitCommit: string | null;
  /** Of the card as it was served before the run: its digest, or the sha256 of a card that states none. */
  readonly cardDigest: string | null;
  /** True when questions and corpus did not belong together and the run was made all the same. */
  readonly hasAllowedMismatch: boolean;
  /** Why the run ended before its models were measured; null when it did not, or when nothing is recorded. */
  readonly endReason: string | null;
}

/** Reads the facts from a run file. */
export function readRunFacts(file: RunFile, modelId: string): RunFacts {
  const manifest = file.manifest?.value ?? {};
  const summary = file.summaries.findLast((other) => other.modelId === modelId)?.value;
  return {
    sweepId: text(manifest.sweep_id),
    corpusContentHash: text(manifest.corpus_content_hash),
    qaContentHash: text(manifest.qa_content_hash),
    embeddingModel: text(manifest.embedding_model),
    promptHash: text(manifest.prompt_hash),
    tuningHash: text(manifest.tuning_hash),
    temperature: typeof manifest.temperature === 'number' && manifest.temperature >= 0 ? manifest.temperature : null,
    gitCommit: text(manifest.git_commit),
    cardDigest: cardDigestOf(summary?.model_card_before),
    hasAllowedMismatch: hasAllowedMismatch(manifest),
    endReason: text(file.end?.value.reason),
  };
}

/** Preflight records a mismatch that was allowed as the warning of this check; without it, the check aborts the run. */
function hasAllowedMismatch({ preflight_checks: checks }: JsonObject): boolean {
  return Array.isArray(checks) && checks.some((check) => isObject(check) && check.check === 'qa_provenance' && check.status === 'warn');
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
