import { z } from 'zod';
import { benchAttemptSchema } from './bench-attempt.ts';
import { modelSummarySchema } from './bench-model-summary.ts';
import { JUDGE_DIMENSIONS, PREFLIGHT_STATES, RUN_END_REASONS, SAMPLING_SEED_MODES } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');

/** The id of a run: when it began, what it is configured as, and six letters of chance, so that two of one second differ. */
export const benchRunIdSchema = z.string().regex(/^run-\d{8}T\d{6}Z-[0-9a-f]{8}-[a-z2-7]{6}$/, 'expected run-<time>-<8 hex>-<6 base32>');

/** The first line of a run file, `run_manifest`: what is measured, with what, where and under which settings. */
export const runManifestSchema = z.strictObject({
  record_type: z.literal('run_manifest'),
  schema: z.literal('lauter.run/1'),
  run_id: benchRunIdSchema,
  started_at_iso: z.iso.datetime(),
  /** Null: the line is written when the run begins, and `run_end` says when it ended. */
  finished_at_iso: z.iso.datetime().nullable(),
  bench_version: z.string().min(1),
  host: z.strictObject({
    hostname: z.string(),
    os: z.string(),
    arch: z.string(),
    cpu_brand: z.string().nullable(),
    total_mem_gb: z.number().positive(),
  }),
  preflight_checks: z.array(z.strictObject({ check: z.string().min(1), status: z.enum(PREFLIGHT_STATES), detail: z.string() })),
  candidate_models: z.array(z.string().min(1)),
  corpus_version: z.string().min(1),
  corpus_content_hash: z.string().min(1),
  corpus_schema_version: z.union([z.string().min(1), z.number().int()]),
  eval_qa_version: z.string().min(1).nullable(),
  embedding_model: z.string().min(1).nullable(),
  gate_thresholds: z.record(z.string(), z.number()),
  self_consistency_spec: z.strictObject({
    events: count,
    runs_per_event: count,
    temperature: z.number().nonnegative(),
    seed: z.number().int(),
  }),
  inference_backend_version: z.string().nullable(),
  host_baseline: z.strictObject({
    load_avg_1m_at_start: z.number().nonnegative().nullable(),
    load_avg_5m_at_start: z.number().nonnegative().nullable(),
  }),
  prod_state_at_start: z.strictObject({
    brain_pid: z.number().int().nullable(),
    brain_paused: z.boolean().nullable(),
    daemon_pid: z.number().int().nullable(),
    daemon_running: z.boolean().nullable(),
  }),
  sweep_id: z.string().min(1).nullable(),
  /** From 1. */
  sweep_index: z.number().int().positive().nullable(),
  overlay_hash: sha256Hex.nullable(),
  /** Null when there are no questions, as `qa_total` and `qa_scoreable` then are. */
  qa_content_hash: sha256Hex.nullable(),
  qa_total: count.nullable(),
  qa_scoreable: count.nullable(),
  qa_filtered_count: count.nullable(),
  prompt_hash: sha256Hex,
  tuning: z.record(z.string(), z.json()),
  tuning_hash: sha256Hex,
  comparability_key: sha256Hex,
  temperature: z.number().nonnegative(),
  /** Null: left to the server, as it is deployed. */
  top_p: z.number().min(0).max(1).nullable(),
  max_tokens: z.number().int().positive().nullable(),
  sampling_seed_mode: z.enum(SAMPLING_SEED_MODES),
  seeds: z.strictObject({
    corpus: z.number().int(),
    warmup: z.number().int(),
    self_consistency: z.number().int(),
    judge: z.number().int(),
    bootstrap: z.number().int(),
  }),
  /** Without user, password and query. */
  inference_url: z.string().min(1),
  judge: z
    .strictObject({
      model: z.string().min(1),
      prompt_hash: sha256Hex,
      sample_size: count,
      dimensions: z.array(z.enum(JUDGE_DIMENSIONS)),
    })
    .nullable(),
  git_commit: z.string().nullable(),
  git_dirty: z.boolean().nullable(),
  /** Null when there is no production to pause. */
  lease: z.strictObject({ token: z.union([z.string().min(1), count]), deadline_iso: z.iso.datetime() }).nullable(),
  slot_token: z.union([z.string().min(1), count]).nullable(),
});

/** The last line of a run file, `run_end`: how the run ended. */
export const runEndSchema = z.strictObject({
  record_type: z.literal('run_end'),
  run_id: z.string().min(1),
  finished_at_iso: z.iso.datetime(),
  models_completed: z.array(z.string()),
  models_errored: z.array(z.string()),
  /** Null when every model had its pass. */
  reason: z.enum(RUN_END_REASONS).nullable(),
  /** True only once it was verified; null when nothing was paused. */
  prod_brain_resumed_ok: z.boolean().nullable(),
  models_with_prod_restart_event: z.array(z.string()),
  interruptions: z.array(z.strictObject({ at_iso: z.iso.datetime(), kind: z.string().min(1) })),
  paused_seconds: z.number().nonnegative(),
  exit_code: z.literal([0, 1, 2, 130]),
});

/** `lauter.run/1`: any line of a run file that Lauter writes. Its readers ask for less: files of other programs lack fields and may hold anything. */
export const runFileRecordSchema = z.discriminatedUnion('record_type', [
  runManifestSchema,
  benchAttemptSchema,
  modelSummarySchema,
  runEndSchema,
]);

export type RunManifest = z.infer<typeof runManifestSchema>;
export type RunEnd = z.infer<typeof runEndSchema>;
export type RunFileRecord = z.infer<typeof runFileRecordSchema>;
