import { z } from 'zod';

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

/** Left by `export` for each set: its files, relative to `exports/<run>`. */
export const writtenSetSchema = z.object({ files: z.array(z.object({ name: z.string(), rows: count })) });

export type EvidenceVersionDocument = z.infer<typeof evidenceVersionSchema>;
