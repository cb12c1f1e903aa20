import { z } from 'zod';
import { synopsesToldSchema } from './collection-head.ts';

const count = z.number().int().nonnegative();

/** What `lauter search index --json` prints. Counts of pages are against what the collection held before. */
export const searchIndexReportSchema = z
  .strictObject({
    schema_version: z.literal(1),
    collection: z.string(),
    pages: count,
    chunks: count,
    added: count,
    updated: count,
    removed: count,
    quarantined: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
    generation: count,
    corpus_hash: z.string(),
    embedder: z.string().nullable(),
    synopses: synopsesToldSchema.optional().describe('Only where pages were embedded with synopses.'),
    duration_ms: count,
  })
  .meta({ title: 'Index report', description: 'What became of the pages that a collection was made of.' });

export type SearchIndexReport = z.infer<typeof searchIndexReportSchema>;
