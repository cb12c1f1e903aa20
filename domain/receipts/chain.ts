import { canonicalJson } from '../shared/canonical-json.ts';
import type { ArtifactRef, StageReceipt } from '../../schemas/stage-receipt.ts';
import type { Stage } from '../../schemas/vocabulary.ts';

/** What a stage found, before it is put into a receipt. */
export interface StageFacts {
  readonly digest: string;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly quarantined: Readonly<Record<string, number>>;
  readonly inputs: readonly ArtifactRef[];
  readonly outputs: readonly ArtifactRef[];
  readonly categories?: Readonly<Record<string, number>>;
  readonly more?: Readonly<Record<string, number>>;
  readonly versions?: Readonly<Record<string, string>>;
  readonly failures?: readonly string[];
}

export interface StageFrame {
  readonly run: { readonly run_id: string; readonly code_version: string; readonly config_digest: string };
  readonly started_at: string;
  readonly shards: number;
  readonly shards_reused: number;
}

/** The receipt of a stage, chained by digest to the receipt of the stage before it. */
export function chainReceipt(
  stage: Stage,
  frame: StageFrame,
  facts: StageFacts,
  previous: StageReceipt | undefined,
  world: { readonly endedAt: string; sha256(text: string): string },
): StageReceipt {
  const failures = [...(facts.failures ?? [])];
  return {
    schema: 'stage-receipt/1',
    run_id: frame.run.run_id,
    stage,
    started_at: frame.started_at,
    ended_at: world.endedAt,
    inputs: [...facts.inputs],
    outputs: [...facts.outputs],
    counts: {
      in: facts.rowsIn,
      out: facts.rowsOut,
      quarantined: { ...facts.quarantined },
      categories: { ...facts.categories },
      shards: frame.shards,
      shards_reused: frame.shards_reused,
      more: { ...facts.more },
    },
    code_version: frame.run.code_version,
    versions: { ...facts.versions },
    config_digest: frame.run.config_digest,
    engine: {},
    validation: { passed: failures.length === 0, failures },
    digest: facts.digest,
    previous: previous === undefined ? null : receiptDigest(previous, world.sha256),
  };
}

/** sha256 of a receipt in canonical JSON: what the next receipt names. */
export function receiptDigest(receipt: StageReceipt, sha256: (text: string) => string): string {
  return sha256(canonicalJson(receipt));
}

/** The first receipt that does not name the one before it, or undefined when the chain closes. */
export function findBrokenLink(receipts: readonly StageReceipt[], sha256: (text: string) => string): StageReceipt | undefined {
  return receipts.find((receipt, index) => {
    const previous = receipts[index - 1];
    return receipt.previous !== (previous === undefined ? null : receiptDigest(previous, sha256));
  });
}
