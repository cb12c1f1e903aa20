import { z } from 'zod';
import { CATEGORIES, SPLITS } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/**
 * What a run leaves in its folder of the lake, as far as readers outside the run rely on it. The stages own these documents and keep more in
 * them, so fields that are not named here are let through.
 */
export const stageVersionSchema = z.object({ manifest: z.string() });

/** Left by `materialize`: the evidence, and the records of each file. A file that is read in several blocks stands there several times. */
export const evidenceVersionSchema = stageVersionSchema.extend({
  counts: z.object({
    files: z.array(z.object({ source: z.string(), records: count, evidence: count, quarantined: count })),
  }),
});

/** Left by `score`: the scored runs, and how many there are of each category. */
export const scoredVersionSchema = stageVersionSchema.extend({ categories: z.record(z.enum(CATEGORIES), count) });

/** Left by `export`: the name of what it decided across records. */
export const exportVersionSchema = z.object({ decisions: z.string() });

/** Left by `export` for each set: its files, relative to `exports/<run>`. */
export const writtenSetSchema = z.object({ files: z.array(z.object({ name: z.string(), rows: count })) });

/** The same with everything that proves it later. */
export const measuredSetSchema = z.object({
  files: z.array(z.object({ name: z.string(), rows: count, bytes: count, sha256: z.string() })),
  rows: count,
  content_digest: z.string(),
  splits: z.partialRecord(z.enum(SPLITS), count),
});

/** The part of a run's plan that says which files it read. */
export const readFilesSchema = z.object({ shards: z.array(z.object({ parts: z.array(z.object({ source_file: z.string() })) })) });

export type EvidenceVersionDocument = z.infer<typeof evidenceVersionSchema>;
