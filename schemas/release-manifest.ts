import { z } from 'zod';
import { auditBaselineRowSchema } from './audit-baseline.ts';
import { CATEGORIES, GATE_STATES, RELEASE_GATES, RELEASE_VERDICTS, SPLITS, type ReleaseGate } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const commitHash = z.string().regex(/^[0-9a-f]{40,64}$/);

/** One of the six gates and what came of it. */
export const gateResultSchema = z.strictObject({
  gate: z.enum(Object.keys(RELEASE_GATES) as [ReleaseGate, ...ReleaseGate[]]),
  /** `errored`: it could not be judged. */
  state: z.enum(GATE_STATES),
  detail: z.string(),
  /** What speaks against it, one a line; the first ones where there are many. */
  findings: z.array(z.string()),
  duration_ms: count,
});

const frozenMilestoneSchema = z.strictObject({
  name: z.string(),
  /** As the file states it. */
  stated: z.string(),
  /** The commit that it is; null when it is none. */
  commit: commitHash.nullable(),
});

/** A file of the workspace; the path is relative to it. */
const frozenFileSchema = z.strictObject({ path: z.string(), rows: count, bytes: count, sha256: sha256Hex });

const frozenSetSchema = z.strictObject({
  rows: count,
  content_digest: sha256Hex,
  splits: z.partialRecord(z.enum(SPLITS), count),
  files: z.array(frozenFileSchema),
});

/** A dataset version of the lake: the name of its manifest, which names its files. */
const frozenVersionSchema = z.strictObject({ manifest: sha256Hex, rows: count, row_digest: sha256Hex, content_digest: sha256Hex });

/** What is frozen of a run. */
export const frozenDatasetSchema = z.strictObject({
  run_id: z.string(),
  /** sha256 of the last receipt of the run in canonical JSON: the end of its chain. */
  receipt_digest: sha256Hex,
  categories: z.record(z.enum(CATEGORIES), count),
  evidence: frozenVersionSchema,
  scored: frozenVersionSchema,
  sets: z.strictObject({ rag: frozenSetSchema, sft: frozenSetSchema, preference: frozenSetSchema }),
  quarantine: z.strictObject({ rows: count, files: z.array(frozenFileSchema) }),
});

/** The file that keeps the split of every exported task. */
export const frozenSplitsSchema = z.strictObject({ path: z.string(), tasks: count, bytes: count, sha256: sha256Hex });

/** `release-manifest/1`: what `lauter release freeze` froze. It holds digests and counts, no row and no path of the machine. */
export const releaseManifestSchema = z.strictObject({
  schema: z.literal('release-manifest/1'),
  /** Also the name of a folder and of a tag. */
  version: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.+_-]{0,99}$/),
  verdict: z.enum(RELEASE_VERDICTS),
  frozen_at: z.iso.datetime(),
  code_version: z.string(),
  head: commitHash,
  /** Null when no branch is checked out. */
  branch: z.string().nullable(),
  milestones: z.array(frozenMilestoneSchema),
  dataset: frozenDatasetSchema,
  /** Null when the freeze was not accepted: then no row is bound to its split. */
  splits: frozenSplitsSchema.nullable(),
  /** The latest row of `ledger/audit-baselines.jsonl`; null when there is none that can be read. */
  baseline: auditBaselineRowSchema.nullable(),
  gates: z.array(gateResultSchema),
  /** sha256 of the canonical JSON of everything else in this document. */
  manifest_digest: sha256Hex,
});

export type GateResult = z.infer<typeof gateResultSchema>;
export type FrozenMilestone = z.infer<typeof frozenMilestoneSchema>;
export type FrozenFile = z.infer<typeof frozenFileSchema>;
export type FrozenVersion = z.infer<typeof frozenVersionSchema>;
export type FrozenDataset = z.infer<typeof frozenDatasetSchema>;
export type FrozenSplits = z.infer<typeof frozenSplitsSchema>;
export type ReleaseManifest = z.infer<typeof releaseManifestSchema>;
