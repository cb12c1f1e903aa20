import { z } from 'zod';
import { collectionHeadSchema } from './collection-head.ts';

/** What `lauter search list --json` prints: every collection of the workspace, by name. */
export const searchListReportSchema = z
  .strictObject({
    schema_version: z.literal(1),
    collections: z.array(
      collectionHeadSchema.pick({
        name: true,
        generation: true,
        pages: true,
        chunks: true,
        corpus_hash: true,
        embedder: true,
        synthetic: true,
        written_at: true,
      }),
    ),
  })
  .meta({ title: 'Collections', description: 'Every collection of a workspace.' });

export type SearchListReport = z.infer<typeof searchListReportSchema>;
