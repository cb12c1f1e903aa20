import { z } from 'zod';
import { evidenceSchema, usageSchema } from './evidence.ts';
import { GROUNDING_KINDS, GROUNDING_MODES, REPLAY_RETRIEVERS } from './vocabulary.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');
const count = z.number().int().nonnegative();

/** A RAG row as it stood in a bundle. `generation`: of the evidence it was made from, 0 for what came from outside. */
export const bundleEntrySchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  content: z.string(),
  generation: evidenceSchema.shape.generation,
});

/** What a model was given besides the task. */
export const replayBundleSchema = z.strictObject({
  exemplars: z.array(bundleEntrySchema),
  warnings: z.array(bundleEntrySchema),
  validation_steps: z.array(z.string()),
});

/** The gate's word and, where it says no, why. */
export const replayGateSchema = z.strictObject({ passed: z.boolean(), reasons: z.array(z.string()) });

/** Something the answer names, and whether the bundle or the task names it too. */
export const groundingSchema = z.strictObject({ text: z.string(), kind: z.enum(GROUNDING_KINDS), grounded: z.boolean() });

/** What had to be left out of a bundle, so that it fits into the smallest window of the models that may be asked. */
export const trimmedBundleSchema = z.strictObject({
  window_tokens: z.number().int().positive(),
  /** Ids of the rows that were left out, in the order in which they went: the least alike first. */
  dropped: z.array(z.string()),
  steps_dropped: count,
  /** The last row, of which only the beginning was kept. */
  cut: z.string().nullable(),
});

/** `replay_run/1`: one line of `replay_runs.jsonl`, written for every run, whether its gate passed or not. */
export const replayRunSchema = z
  .strictObject({
    schema: z.literal('replay_run/1'),
    run_id: z.string().min(1),
    recorded_at: z.iso.datetime(),
    origin: z.literal('replay'),
    /** How many times model output was fed back on the way here: one more than the deepest row of the bundle. */
    generation: z.number().int().positive(),
    task: z.string(),
    /** sha256 of the normalized task text, as in evidence. */
    task_hash: sha256Hex,
    retriever: z.enum(REPLAY_RETRIEVERS),
    /** All rows that were retrieved, best first; the bundle holds those of them that were used. */
    retrieved: z.array(z.strictObject({ id: z.string(), score: z.number() })),
    /** How they were found otherwise than they were asked for: by which arm of the search alone, and why. Absent where all went as asked. */
    retrieval_notes: z.array(z.string()).optional(),
    bundle: replayBundleSchema,
    /** sha256 of the canonical JSON of the bundle. */
    bundle_digest: sha256Hex,
    /** Where the rows come from; the run is null for a file that was named. Absent in a log of before. */
    corpus: z.strictObject({ run_id: z.string().nullable(), rows: count, sha256: sha256Hex }).nullable().optional(),
    /** Absent where the whole bundle fits. */
    trimmed: trimmedBundleSchema.optional(),
    /** The model whose answer this is. */
    model: z.string(),
    /** Every model that was asked, in order; the last one that did not fail gave the answer. */
    escalation_path: z.array(
      z.strictObject({
        model: z.string(),
        gate: replayGateSchema,
        /** sha256 of what it was asked, by which a recorded answer is found again. */
        request_digest: sha256Hex.optional(),
        /** Why it gave no answer. */
        failure: z.string().optional(),
      }),
    ),
    escalated: z.boolean(),
    answer: z.string(),
    gate: replayGateSchema,
    grounding_mode: z.enum(GROUNDING_MODES),
    grounding: z.array(groundingSchema),
    usage: usageSchema,
    durations_ms: z.strictObject({ retrieval: count, model: count, gate: count, total: count }),
  })
  .refine(({ generation, bundle }) => generation === generationAfter(bundle), {
    path: ['generation'],
    message: 'expected one more than the deepest row of the bundle',
  });

/** The generation of a run with this bundle. */
export function generationAfter({ exemplars, warnings }: Pick<ReplayBundle, 'exemplars' | 'warnings'>): number {
  return 1 + Math.max(0, ...[...exemplars, ...warnings].map(({ generation }) => generation));
}

export type ReplayBundle = z.infer<typeof replayBundleSchema>;
export type TrimmedBundle = z.infer<typeof trimmedBundleSchema>;
export type BundleEntry = z.infer<typeof bundleEntrySchema>;
export type ReplayGate = z.infer<typeof replayGateSchema>;
export type Grounding = z.infer<typeof groundingSchema>;
export type ReplayRun = z.infer<typeof replayRunSchema>;
