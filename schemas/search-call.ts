import { z } from 'zod';
import { EMPTY_CAUSES, SEARCH_INTENTS } from './vocabulary.ts';

/** What is kept of one search: figures, never a word of the query. */
export const searchCallSchema = z
  .strictObject({
    ts: z.iso.datetime(),
    mode: z.string(),
    intent: z.enum(SEARCH_INTENTS),
    results: z.number().int().min(0),
    tokens: z.number().min(0),
    budget_dropped: z.number().int().min(0),
    cache: z.enum(['hit', 'miss', 'off']),
    rank1_score: z.number().nullable().describe('Score of the first result; null without one.'),
    latency_ms: z.number().min(0),
    empty_cause: z.enum(EMPTY_CAUSES).optional(),
  })
  .meta({ title: 'Search call', description: 'What is kept of one search.' });

export type SearchCall = z.infer<typeof searchCallSchema>;
