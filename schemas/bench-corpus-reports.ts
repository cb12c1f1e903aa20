import { z } from 'zod';
import { CORPUS_CHECKS } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const counts = z.record(z.string(), count);

/** `bench-corpus-init/1`: what `lauter bench corpus init --json` prints. */
export const corpusInitSchema = z.strictObject({
  schema: z.literal('bench-corpus-init/1'),
  corpus_version: z.string(),
  /** Folder of the corpus. */
  path: z.string(),
  event_count: count,
  corpus_content_hash: z.string(),
  source_counts: counts,
  dropped_counts: counts,
  redaction_counts: counts,
  /** What was done, but should be known. */
  warnings: z.array(z.string()),
});

/** One thing that is not as the manifest, the row itself or the rules say. Never holds text of an event. */
export const corpusMismatchSchema = z.strictObject({
  check: z.enum(CORPUS_CHECKS),
  /** Name of the file in the folder of the corpus. */
  file: z.string(),
  /** From 1; null for what concerns the whole file. */
  line: z.number().int().positive().nullable(),
  event_id: z.string().nullable(),
  expected: z.string(),
  found: z.string(),
});

/** `bench-corpus-verification/1`: what `lauter bench corpus verify --json` prints. */
export const corpusVerificationSchema = z.strictObject({
  schema: z.literal('bench-corpus-verification/1'),
  corpus_version: z.string(),
  ok: z.boolean(),
  /** True for a corpus of another program, whose content hash is taken as a label. */
  is_foreign: z.boolean(),
  /** As the manifest names it; null when it cannot be read. */
  corpus_content_hash: z.string().nullable(),
  event_count: count,
  overlay_count: count,
  mismatches: z.array(corpusMismatchSchema),
});

/** `bench-overlay-edit/1`: what `add-adversarial` and `remove-adversarial` print with `--json`. */
export const overlayEditSchema = z.strictObject({
  schema: z.literal('bench-overlay-edit/1'),
  corpus_version: z.string(),
  action: z.enum(['added', 'removed']),
  event_id: z.string(),
  overlay_count: count,
  overlay_hash: z.string().nullable(),
});

export type CorpusInit = z.infer<typeof corpusInitSchema>;
export type CorpusMismatch = z.infer<typeof corpusMismatchSchema>;
export type CorpusVerification = z.infer<typeof corpusVerificationSchema>;
export type OverlayEdit = z.infer<typeof overlayEditSchema>;
