import { z } from 'zod';

const share = z.number().min(0).max(1);

/** Everything that decides what a refinery run produces from its sources. Part of the config file under `distill`. */
export const distillSettingsSchema = z.strictObject({
  /** Larger records are quarantined. */
  max_record_bytes: z.number().int().min(1024).max(1 << 30).default(16 << 20),
  /** Truth values from here on, below 1, are partially accepted. */
  partial_min: share.default(0.5),
  /** Partially accepted rows enter SFT too. */
  include_partial: z.boolean().default(false),
  max_pairs_per_task: z.number().int().min(1).max(1000).default(4),
  /** Larger export rows are quarantined. */
  max_row_chars: z.number().int().min(1000).default(1_000_000),
  /** A run is refused when a larger share of a source's records was quarantined while reading, exact duplicates aside. */
  max_quarantined: share.default(0.2),
  /** Replay output of a later generation never enters a training set. */
  max_generation: z.number().int().min(0).default(1),
  /** Shares of the validation and test splits; the rest is for training. */
  validation_share: share.default(0.05),
  test_share: share.default(0.05),
  /** Files each set is written as. */
  formats: z.array(z.enum(['jsonl', 'parquet'])).min(1).default(['jsonl', 'parquet']),
});

export type DistillSettings = z.infer<typeof distillSettingsSchema>;
