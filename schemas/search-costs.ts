import { z } from 'zod';
import { SEARCH_MODES } from './vocabulary.ts';

const usd = z.number().nonnegative();
const mode = z.enum(SEARCH_MODES);
const byModel = z.record(z.string(), usd).describe('By the name of a model in `models`.');

/** What searches cost whoever reads what they find: `costs` of `lauter search modes --costs --json`. */
export const searchCostsSchema = z
  .strictObject({
    price_table: z.strictObject({ version: z.string(), date: z.iso.date().nullable() }),
    tokens_per_chunk: z.number().int().positive(),
    models: z
      .array(z.strictObject({ name: z.string(), input_per_million: usd }))
      .min(1)
      .describe('Small, mid and large, or the one that cost.downstream_model names.'),
    per_query: z.array(
      z.strictObject({
        mode,
        token_budget: z.number().nonnegative().nullable(),
        limit: z.number().int().positive(),
        chunks: z.number().int().nonnegative(),
        tokens: z.number().int().nonnegative(),
        usd: byModel,
      }),
    ),
    per_month: z.array(z.strictObject({ mode, queries: z.number().int().positive(), usd: byModel })),
    matrix: z.strictObject({
      queries: z.number().int().positive(),
      spread: z.number().nonnegative().nullable().describe('The dearest cell over the cheapest; null where that is free.'),
      rows: z.array(z.strictObject({ mode, tokens: z.number().int().nonnegative(), usd: byModel })),
    }),
    agent_loop: z.strictObject({
      turns_per_month: z.number().int().positive(),
      searches_per_turn: z.number().int().positive(),
      input_per_million: usd,
      rows: z.array(
        z.strictObject({
          mode,
          tokens_per_turn: z.number().int().nonnegative(),
          usd_per_turn: usd,
          usd_per_month: z.number().int().nonnegative().describe('Whole dollars.'),
          against_tokenmax_usd: z.number().int().nullable().describe('Difference of the whole dollars; null for tokenmax itself.'),
        }),
      ),
    }),
    pairings: z.array(
      z.strictObject({
        mode,
        model: z.string(),
        usd_per_turn: usd,
        usd_per_month: usd,
        kind: z.enum(['natural', 'mismatch']),
        note: z.string(),
      }),
    ),
    own: z.strictObject({
      query_embedding_usd: usd,
      expansion_usd: usd,
      expansion_per_100k_usd: usd,
    }),
    notes: z.array(z.string()),
  })
  .meta({ title: 'Search costs', description: 'What a search costs whoever reads what it finds, by mode and model.' });

export type SearchCosts = z.infer<typeof searchCostsSchema>;
