import { z } from 'zod';
import { searchKnobsSchema } from './search-knobs.ts';

const count = z.number().int().nonnegative();

/** Name of a collection, which is also that of its folder. */
export const collectionNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);

/** What wrote the synopses of a collection, and what became of its pages. Those without one go by their titles. */
export const synopsesToldSchema = z.strictObject({
  by: z.string().min(1).describe('Model and version of the prompt.'),
  written: count,
  unusable: count.describe('Pages of which the model wrote something else than a synopsis.'),
  unanswered: count.describe('Pages that no answer came for; indexing again asks again.'),
});

/**
 * `collection/1`, the file head.json of a collection: which generation counts, and what it is. It is renamed into its place after all files of the
 * generation are on the disk.
 */
export const collectionHeadSchema = z.strictObject({
  schema: z.literal('collection/1'),
  name: collectionNameSchema,
  generation: z.number().int().min(1).describe('One more with every write.'),
  folder: z.string().regex(/^generation-\d+$/),
  corpus_hash: z.string().regex(/^[0-9a-f]{64}$/),
  embedder: z.string().min(1).nullable().describe('What made the vectors; null without vectors.'),
  embedder_name: z.string().min(1).nullable().describe('Its name in the config.'),
  dimensions: z.number().int().min(1).nullable(),
  contextual: searchKnobsSchema.shape.contextual.nullable().describe('What was embedded beside the text of a chunk; null without vectors.'),
  synopses: synopsesToldSchema.nullable().default(null).describe('Synopses that were embedded beside the text of chunks; null without.'),
  chunker_version: z.string().min(1),
  index_version: count,
  synthetic: z.boolean().describe('True when every page is made up, so that what is measured on it may be published.'),
  pages: count,
  chunks: count,
  written_at: z.string(),
  files: z.record(z.string(), count).describe('Bytes of each file of the generation.'),
});

export type CollectionHead = z.infer<typeof collectionHeadSchema>;
