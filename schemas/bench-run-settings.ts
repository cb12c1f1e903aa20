import { z } from 'zod';
import { BENCH_MODES } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1);

/** Everything that decides what a bench run does; it crosses to the engine, so there is no secret in it: keys are named by their environment variable. */
export const benchRunSettingsSchema = z.strictObject({
  corpus_version: z.string().min(1),
  /** Path or label of the questions; null measures no retrieval. */
  qa: z.string().min(1).nullable(),
  min_scoreable: count,
  /** Why a fixture that belongs to another corpus is used all the same. */
  allow_hash_mismatch: z.string().min(1).nullable(),
  base_url: z.string().min(1),
  api_key_env: z.string().min(1).nullable(),
  allow_remote_inference: z.boolean(),
  allowed_hosts: z.array(z.string().min(1)),
  /** Null: there is no production to pause. */
  production_url: z.string().min(1).nullable(),
  embedding_model: z.string().min(1).nullable(),
  judge: z
    .strictObject({ model: z.string().min(1), base_url: z.string().min(1), api_key_env: z.string().min(1).nullable(), sample_size: count })
    .nullable(),
  mode: z.enum(BENCH_MODES),
  temperature: z.number().min(0).max(2),
  top_p: z.number().min(0).max(1).nullable(),
  max_tokens: z.number().int().positive().nullable(),
  call_timeout_ms: z.number().int().positive(),
  /** Lease of the pause: how long it lives without being renewed, how often it is renewed, and how long it may last in all. */
  ttl_s: z.number().positive(),
  renew_every_s: z.number().positive(),
  max_pause_s: z.number().positive(),
  max_failed_share: z.number().min(0).max(1),
  warmup_calls: count,
  self_consistency: z.strictObject({ events: count, runs_per_event: count }),
  gate_thresholds: z.record(z.string(), z.number()),
  seeds: z.strictObject({ corpus: seed, warmup: seed, self_consistency: seed, judge: seed, bootstrap: seed }),
  dry_run: z.boolean(),
});

export type BenchRunSettings = z.infer<typeof benchRunSettingsSchema>;
