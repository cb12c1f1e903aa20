import { z } from 'zod';
import { sourceSummarySchema } from './run-summary.ts';
import { EXPORT_FORMATS, EXPORT_SETS, SPLITS } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const tokens = z.strictObject({
  /** Estimated tokens of all rows. */
  total: count,
  /** Rows by class; the bounds are those of the histogram. */
  classes: z.array(z.strictObject({ up_to: count.nullable(), rows: count })),
});

/** `card-facts/1`: everything that the dataset card says. */
export const cardFactsSchema = z.strictObject({
  schema: z.literal('card-facts/1'),
  run_id: z.string(),
  /** `unfinished` for a run that stopped after its export, as asked. */
  verdict: z.enum(['accepted', 'refused', 'unfinished']),
  /** Every source with its license, null where the config names none. */
  sources: z.array(sourceSummarySchema.extend({ license: z.string().nullable() })),
  categories: z.strictObject({ accepted: count, partially_accepted: count, rejected: count, needs_human_review: count }),
  redactions: z.record(z.string(), count),
  sets: z.array(
    z.strictObject({
      set: z.enum(EXPORT_SETS),
      rows: count,
      /** Over the rows in key order, without the places they were read from. */
      content_digest: z.string(),
      splits: z.strictObject({ train: count, validation: count, test: count }),
      /** Name of the set's files, without the ending. */
      file: z.string(),
      formats: z.array(z.enum(EXPORT_FORMATS)),
      tokens: tokens.nullable(),
    }),
  ),
  /** Files of other forms, one for each split that has rows. */
  forms: z.array(z.strictObject({ name: z.string(), split: z.enum(SPLITS), file: z.string(), rows: count })),
  /** Null when the exports were not checked against evaluation sets. */
  decontamination: z
    .strictObject({
      sets: z.array(z.strictObject({ name: z.string(), rows: count })),
      checked: count,
      hits: count,
      /** Hits of all checked rows, 0..1. */
      rate: z.number().min(0).max(1),
      limit: z.number().min(0).max(1),
    })
    .nullable(),
});

export type CardFacts = z.infer<typeof cardFactsSchema>;
