import { z } from 'zod';
import { STAGES } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** A file or dataset version that a stage read or wrote. `digest` names its content; `path` is relative to the workspace. */
export const artifactRefSchema = z.strictObject({ path: z.string(), rows: count, digest: z.string() });

/** `stage-receipt/1`: what a stage did, chained to the stage before it. */
export const stageReceiptSchema = z.strictObject({
  schema: z.literal('stage-receipt/1'),
  run_id: z.string(),
  stage: z.enum(STAGES),
  started_at: z.string(),
  ended_at: z.string(),
  inputs: z.array(artifactRefSchema),
  outputs: z.array(artifactRefSchema),
  counts: z.strictObject({
    in: count,
    out: count,
    quarantined: z.record(z.string(), count),
    categories: z.record(z.string(), count),
    shards: count,
    shards_reused: count,
    more: z.record(z.string(), count),
  }),
  code_version: z.string(),
  versions: z.record(z.string(), z.string()),
  config_digest: z.string(),
  engine: z.record(z.string(), z.string()),
  validation: z.strictObject({ passed: z.boolean(), failures: z.array(z.string()) }),
  /** Digest of what came out, by content: equal for equal results whatever the machine, the order or the time. */
  digest: z.string(),
  /** sha256 of the previous stage's receipt in canonical JSON; null for the first. */
  previous: z.string().nullable(),
});

export type StageReceipt = z.infer<typeof stageReceiptSchema>;
export type ArtifactRef = z.infer<typeof artifactRefSchema>;
