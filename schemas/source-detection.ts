import { z } from 'zod';
import { ADAPTERS } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/**
 * What a file can be: records of a known format; a companion, which belongs to a format but holds no records; no candidate at all; JSON that no
 * format knows, or that two know; or of a known format, but broken as a file.
 */
export const FILE_KINDS = ['source', 'companion', 'ignored', 'unknown', 'ambiguous', 'unreadable'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** One file, and why it was taken for what it is. */
export const detectedFileSchema = z.strictObject({
  file: z.string(),
  kind: z.enum(FILE_KINDS),
  /** Formats that know the file: one for a source or companion, two when ambiguous. */
  adapters: z.array(z.enum(ADAPTERS)),
  /** How sure, 0..1; null where no format was chosen. */
  confidence: z.number().nullable(),
  /** Records in it, found by reading it to its end; null where there is nothing to read. */
  records: count.nullable(),
  /** Those among them that are broken and would be quarantined. */
  broken: count.nullable(),
  reason: z.string(),
});

/** `source-detection/1`: what `lauter sources detect --json` prints. */
export const sourceDetectionSchema = z.strictObject({
  schema: z.literal('source-detection/1'),
  files: z.array(detectedFileSchema),
  /** Files of each kind. */
  counts: z.record(z.enum(FILE_KINDS), count),
  records: count,
});

export type DetectedFileReport = z.infer<typeof detectedFileSchema>;
export type SourceDetection = z.infer<typeof sourceDetectionSchema>;
