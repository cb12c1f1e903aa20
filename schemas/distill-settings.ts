import { z } from 'zod';
import { decontaminationSettingsSchema } from './decontamination-settings.ts';
import { EXPORT_FORMATS, EXPORT_FORMS } from './vocabulary.ts';

const share = z.number().min(0).max(1);

/** Everything that decides what a refinery run produces from its sources. Part of the config file under `distill`. */
export const distillSettingsSchema = z
  .strictObject({
    max_record_bytes: z
      .number()
      .int()
      .min(1024)
      .max(1 << 30)
      .default(16 << 20)
      .describe('Larger records are quarantined.'),
    partial_min: share.default(0.5).describe('Truth values from here on, below 1, are partially accepted.'),
    include_partial: z.boolean().default(false).describe('Partially accepted rows enter SFT too.'),
    max_pairs_per_task: z.number().int().min(1).max(1000).default(4).describe('Preference pairs of one task at most.'),
    max_row_chars: z.number().int().min(1000).default(1_000_000).describe('Larger export rows are quarantined.'),
    max_quarantined: share
      .default(0.2)
      .describe("A run is refused when a larger share of a source's records was quarantined while reading, exact duplicates aside."),
    max_generation: z.number().int().min(0).default(1).describe('Replay output of a later generation never enters a training set.'),
    validation_share: share.default(0.05).describe('Share of the validation split; what the splits leave is for training.'),
    test_share: share.default(0.05).describe('Share of the test split.'),
    near_duplicate_threshold: z
      .number()
      .min(0.3)
      .max(1)
      .default(0.6)
      .describe('Smallest share of word pairs that two texts have in common to be near copies; 0.6 is about 13 % replaced words.'),
    near_duplicate_min_words: z
      .number()
      .int()
      .min(3)
      .max(1000)
      .default(20)
      .describe('Shorter texts are copies only when they say the same word for word.'),
    near_duplicate_bands: z
      .number()
      .int()
      .min(1)
      .max(64)
      .default(16)
      .describe('Bands of the index of near copies: more find more, and cost more.'),
    near_duplicate_rows: z
      .number()
      .int()
      .min(1)
      .max(16)
      .default(5)
      .describe('Rows of each band: more let fewer pairs through to the comparison.'),
    formats: z.array(z.enum(EXPORT_FORMATS)).min(1).default(['jsonl', 'parquet']).describe('Files each set is written as.'),
    as: z
      .array(z.enum(EXPORT_FORMS))
      .default([])
      .describe('Forms that SFT (openai, trl, sharegpt) and preference (openai, trl, unpaired) are written in, too.'),
    decontamination: decontaminationSettingsSchema.prefault({}),
    require_license: z.boolean().default(false).describe('A run is refused when a source of its rows has no license in this file.'),
  })
  .meta({ title: 'Refinery', description: 'Everything that decides what a refinery run produces from its sources.' });

export type DistillSettings = z.infer<typeof distillSettingsSchema>;
