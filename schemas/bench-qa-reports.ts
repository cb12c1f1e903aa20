import { z } from 'zod';
import { QA_ERRORS, QA_PROVENANCE_STATES } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** `qa-validation/1`: what `lauter bench qa validate --json` prints. */
export const qaValidationSchema = z.strictObject({
  schema: z.literal('qa-validation/1'),
  /** As it was named. */
  fixture: z.string(),
  corpus_version: z.string(),
  corpus_content_hash: z.string(),
  qa_content_hash: z.string(),
  total: count,
  scoreable: count,
  unscoreable: count,
  min_scoreable: count,
  /** The golden of each unscoreable row: the first that does not resolve, null when it is null or no string. */
  missing_by_qa_id: z.record(z.string(), z.string().nullable()),
  /** Of rows with several goldens, those that do not resolve, whether others do or not. */
  unresolved_by_qa_id: z.record(z.string(), z.array(z.string().nullable())),
  duplicates: z.array(z.strictObject({ field: z.enum(['qa_id', 'golden_event_id']), value: z.string(), lines: z.array(count) })),
  errors: z.array(z.strictObject({ line: z.number().int().positive(), qa_id: z.string(), code: z.enum(QA_ERRORS) })),
  /** Questions that hold one of their own accepted keywords. */
  keyword_leak_count: count,
  /** Scoreable rows by the source of their first resolved golden. */
  per_source: z.record(z.string(), count),
  provenance: z.strictObject({
    state: z.enum(QA_PROVENANCE_STATES),
    differences: z.array(z.strictObject({ field: z.string(), expected: z.string(), found: z.string() })),
    /** Why a mismatch is let through; null when it is not. */
    allowed: z.string().nullable(),
  }),
  passes: z.boolean(),
  warnings: z.array(z.string()),
  /** Why it does not pass, or that it does, in words. */
  detail: z.string(),
});

/** `qa-draft/1`: what `lauter bench qa draft --json` prints. */
export const qaDraftSchema = z.strictObject({
  schema: z.literal('qa-draft/1'),
  fixture: z.string(),
  provenance: z.string(),
  corpus_version: z.string(),
  rows: count,
  stratification: z.record(z.string(), count),
  qa_content_hash: z.string(),
  warnings: z.array(z.string()),
});

/** `qa-worklist/1`: what `lauter bench qa worklist --json` prints. */
export const qaWorklistSchema = z.strictObject({
  schema: z.literal('qa-worklist/1'),
  path: z.string(),
  total: count,
  unscoreable: count,
});

/** `qa-graft/1`: what `lauter bench qa graft --json` prints. */
export const qaGraftReportSchema = z.strictObject({
  schema: z.literal('qa-graft/1'),
  fixture: z.string(),
  provenance: z.string(),
  /** Null when everything was mapped. */
  worklist: z.string().nullable(),
  from_corpus_hash: z.string().nullable(),
  to_corpus_hash: z.string(),
  mapped: count,
  unmapped: count,
  scoreable: count,
  total: count,
});

export type QaValidation = z.infer<typeof qaValidationSchema>;
export type QaDraftReport = z.infer<typeof qaDraftSchema>;
export type QaWorklistReport = z.infer<typeof qaWorklistSchema>;
export type QaGraftReport = z.infer<typeof qaGraftReportSchema>;
