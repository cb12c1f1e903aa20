import { z } from 'zod';
import { IMPORT_OUTCOMES, type ImportOutcome } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** What became of one run file. */
const benchImportSchema = z.strictObject({
  /** As it was given. */
  path: z.string(),
  /** Null when the file names none. */
  run_id: z.string().nullable(),
  outcome: z.enum(Object.keys(IMPORT_OUTCOMES) as [ImportOutcome, ...ImportOutcome[]]),
  /** Why, where the outcome has several causes; null where it says all. */
  reason: z.string().nullable(),
  /** True when what was stored of the run without its end is gone now. */
  removed_partial: z.boolean(),
  /** Rows that are stored now, of all tables. */
  rows: count,
  counts: z.strictObject({
    records: count,
    /** Lines that hold no JSON object. */
    malformed_lines: count,
    /** Records and items without an id that their table needs, or of another run. */
    skipped_rows: count,
    /** Records of kinds that nobody here knows. */
    unknown_records: count,
    /** Summaries of a model that a later one replaces. */
    replaced_summaries: count,
    /** Attempts at an event that a later one replaces. */
    replaced_attempts: count,
  }),
});

/** `bench-import/1`: what `lauter bench import --json` prints. */
export const benchImportReportSchema = z.strictObject({ schema: z.literal('bench-import/1'), files: z.array(benchImportSchema) });

export type BenchImport = z.infer<typeof benchImportSchema>;
export type BenchImportReport = z.infer<typeof benchImportReportSchema>;
