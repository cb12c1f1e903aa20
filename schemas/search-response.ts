import { z } from 'zod';
import { CHUNK_KINDS, DEGRADATIONS, SEARCH_ARMS, SEARCH_DETAILS, SEARCH_INTENTS } from './vocabulary.ts';

/** One passage that was found. `rank` counts from 1; `key` is `source_id::slug`. Engines of others may know no chunk. */
const searchHitSchema = z.strictObject({
  source_id: z.string(),
  slug: z.string(),
  key: z.string(),
  chunk_id: z.number().int().nullable(),
  kind: z.enum(CHUNK_KINDS),
  title: z.string(),
  text: z.string(),
  score: z.number(),
  rank: z.number().int().min(1),
  arms: z.array(z.enum(SEARCH_ARMS)),
  flags: z.array(z.string()),
});

/** What a token budget did to a list. */
const searchBudgetSchema = z.strictObject({
  budget: z.number(),
  used: z.number(),
  kept: z.number().int(),
  dropped: z.number().int(),
  truncated: z.boolean(),
});

/** How a hit came to its place; only with `--explain`. */
const hitExplanationSchema = z.strictObject({
  key: z.string(),
  chunk_id: z.number().int().nullable(),
  arm_ranks: z.record(z.string(), z.number().int().min(1)),
  multipliers: z.record(z.string(), z.number()),
});

/** What `lauter search query --json` prints, and what every retriever answers. */
export const searchResponseSchema = z
  .strictObject({
    schema_version: z.literal(1),
    query: z.string(),
    mode: z.string(),
    knob_hash: z.string(),
    intent: z.enum(SEARCH_INTENTS),
    detail: z.enum(SEARCH_DETAILS).nullable(),
    results: z.array(searchHitSchema),
    meta: z.strictObject({
      degraded: z.array(z.enum(DEGRADATIONS)),
      vector_enabled: z.boolean(),
      expansion_applied: z.boolean(),
      reranked: z.boolean(),
      cache: z.enum(['hit', 'miss', 'off']),
      budget: searchBudgetSchema,
      latency_ms: z.number(),
      corpus_hash: z.string(),
      generation: z.number().int(),
    }),
    explain: z
      .strictObject({ rows: z.array(hitExplanationSchema), dropped: z.record(z.string(), z.number().int()) })
      .optional()
      .describe('Ranks in each arm and multipliers of each row, and how many rows each stage dropped.'),
  })
  .meta({ title: 'Search response', description: 'What a search found, and how.' });

export type SearchHit = z.infer<typeof searchHitSchema>;
export type SearchBudget = z.infer<typeof searchBudgetSchema>;
export type SearchResponse = z.infer<typeof searchResponseSchema>;
export type HitExplanation = z.infer<typeof hitExplanationSchema>;
