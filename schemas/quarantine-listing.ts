import { z } from 'zod';
import { EXPORT_SETS, QUARANTINE_REASONS, type QuarantineReason } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** Where a row can be quarantined: while reading, or on its way into a set. */
export const QUARANTINE_PLACES = ['materialize', ...EXPORT_SETS] as const;
export type QuarantinePlace = (typeof QUARANTINE_PLACES)[number];

const reasonSchema = z.enum(Object.keys(QUARANTINE_REASONS) as [QuarantineReason, ...QuarantineReason[]]);

/** `quarantine-listing/1`: what `lauter distill quarantine --json` prints. */
export const quarantineListingSchema = z.strictObject({
  schema: z.literal('quarantine-listing/1'),
  run_id: z.string(),
  /** What was asked for; null where all of it was. */
  asked: z.strictObject({ reason: reasonSchema.nullable(), set: z.enum(QUARANTINE_PLACES).nullable() }),
  total: count,
  reasons: z.array(z.strictObject({ set: z.enum(QUARANTINE_PLACES), reason: reasonSchema, rows: count, sentence: z.string() })),
  /** The first rows, by set, reason and place. */
  rows: z.array(
    z.strictObject({
      /** Null for a record that never became evidence. */
      evidence_id: z.string().nullable(),
      set: z.enum(QUARANTINE_PLACES),
      reason: reasonSchema,
      detail: z.string(),
      source_file: z.string(),
      /** 0-based. */
      line_offset: count,
      sig_hash: z.string().nullable(),
    }),
  ),
  /** True when `rows` are all there are. */
  complete: z.boolean(),
});

export type QuarantineListing = z.infer<typeof quarantineListingSchema>;
