import { z } from 'zod';
import { locatorSchema } from './evidence.ts';
import { QUARANTINE_PLACES } from './quarantine-listing.ts';
import { QUARANTINE_REASONS, type QuarantineReason } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const reasonSchema = z.enum(Object.keys(QUARANTINE_REASONS) as [QuarantineReason, ...QuarantineReason[]]);
const placeSchema = z.enum(QUARANTINE_PLACES);

const span = {
  /** Runs in which it was quarantined for the first and the last time. */
  first_run: z.string(),
  last_run: z.string(),
  /** First run after that which read its file and did not quarantine it; null while there is none. */
  left_run: z.string().nullable(),
};

/** `quarantine-history/1`: what `lauter distill quarantine --history --json` prints. */
export const quarantineHistorySchema = z.strictObject({
  schema: z.literal('quarantine-history/1'),
  /** What was asked for; null where all of it was. */
  asked: z.strictObject({ id: z.string().nullable(), reason: reasonSchema.nullable(), set: placeSchema.nullable() }),
  /** Runs with a quarantine, oldest first: rows that were found for what was asked, and files that are gone. */
  runs: z.array(z.strictObject({ run_id: z.string(), rows: count, missing: z.array(z.string()) })),
  /** Rows that were ever quarantined. */
  total: count,
  /** The first rows, by file and place as last seen. A record that became evidence is one row wherever it stands, any other is its place. */
  rows: z.array(
    z.strictObject({
      evidence_id: z.string().nullable(),
      source_file: z.string(),
      locator: locatorSchema,
      /** 0-based. */
      line_offset: count,
      ...span,
      /** Why, for each set: `runs` is the number of runs between the first and the last that had it so. */
      stays: z.array(z.strictObject({ set: placeSchema, reason: reasonSchema, detail: z.string(), ...span, runs: count })),
    }),
  ),
  /** True when `rows` are all there are. */
  complete: z.boolean(),
});

export type QuarantineHistory = z.infer<typeof quarantineHistorySchema>;
