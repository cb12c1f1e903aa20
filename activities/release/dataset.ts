import { receiptDigest } from '../../domain/receipts/index.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { manifestSchema } from '../../schemas/manifest.ts';
import type { FrozenDataset, FrozenFile, FrozenVersion } from '../../schemas/release-manifest.ts';
import { measuredSetSchema, scoredVersionSchema, stageVersionSchema } from '../../schemas/run-documents.ts';
import { stageReceiptSchema } from '../../schemas/stage-receipt.ts';
import type { ReceiptWorld } from '../receipt-world.ts';

/** What a finished run left, as its documents state it; whether the disk bears it out is the business of `verifyDataset`. */
export function readDataset(world: ReceiptWorld, runId: string): FrozenDataset {
  const { manifest: evidence } = read(world, documentPath(runId, 'materialize-version'), stageVersionSchema);
  const { manifest: scored, categories } = read(world, documentPath(runId, 'score-version'), scoredVersionSchema);
  const quarantine = setOf(world, runId, 'quarantine');
  return {
    run_id: runId,
    receipt_digest: receiptDigest(read(world, documentPath(runId, LAST_RECEIPT), stageReceiptSchema), world.digests.sha256),
    categories,
    evidence: versionOf(world, 'evidence', evidence),
    scored: versionOf(world, 'scored', scored),
    sets: { rag: setOf(world, runId, 'rag'), sft: setOf(world, runId, 'sft'), preference: setOf(world, runId, 'preference') },
    quarantine: { rows: quarantine.rows, files: quarantine.files },
  };
}

/** The end of the chain of receipts. */
export const LAST_RECEIPT = 'audit-receipt';

/** Path of a document of a run. */
export function documentPath(runId: string, name: string): string {
  return `lake/runs/${runId}/${name}.json`;
}

/** Path of the manifest of a dataset version. */
export function manifestPath(kind: 'evidence' | 'scored', digest: string): string {
  return `lake/manifests/${kind}/${digest}.json`;
}

function setOf(world: ReceiptWorld, runId: string, set: string): FrozenDataset['sets']['rag'] {
  const { rows, content_digest, splits, files } = read(world, documentPath(runId, `written-${set}`), measuredSetSchema);
  const frozen = files.map(({ name, ...rest }): FrozenFile => ({ path: `exports/${runId}/${name}`, ...rest }));
  return { rows, content_digest, splits, files: frozen };
}

function versionOf(world: ReceiptWorld, kind: 'evidence' | 'scored', manifest: string): FrozenVersion {
  const { rows, row_digest, content_digest } = read(world, manifestPath(kind, manifest), manifestSchema);
  return { manifest, rows, row_digest, content_digest };
}

function read<Value>(world: ReceiptWorld, path: string, schema: { safeParse(value: unknown): { success: boolean; data?: Value } }): Value {
  const text = world.readText(path);
  const { data } = schema.safeParse(typeof text === 'string' ? jsonOf(text) : undefined);
  if (data !== undefined) return data;
  throw new LakeCorruptError(
    `reading what is to be frozen, on ${path}: expected the document that the run wrote, found ${text === undefined ? 'none' : 'something else'}.`,
    'Restore it from a backup, or make a new run with `lauter distill run-all`.',
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
