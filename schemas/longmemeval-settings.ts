import { z } from 'zod';
import { searchKnobsSchema } from './search-knobs.ts';
import { searchSettingsSchema } from './search-settings.ts';
import { READER_MODES, SEARCH_STRATEGIES } from './vocabulary.ts';

const model = z.object({ base_url: z.string(), model: z.string(), api_key_env: z.string().nullable() });

/** What a run of LongMemEval is told, from the command line before the config. */
export const longMemEvalSettingsSchema = z
  .strictObject({
    retrieval: z
      .object({
        retriever: z.string(),
        strategy: z.enum(SEARCH_STRATEGIES),
        mode: z.string().nullable(),
        top_k: z.number().int().min(1),
        knobs: searchKnobsSchema.partial().describe('Per-call values.'),
        search: searchSettingsSchema,
        environment: z.record(z.string(), z.string()).describe('Variables that decide what is found.'),
      })
      .describe('Everything that decides what is found.'),
    session_k: z.array(z.number().int().min(1)),
    reader: model.extend({ mode: z.enum(READER_MODES), max_tokens: z.number().int().min(1) }).nullable(),
    judge: model.nullable(),
    requested: z.object({ vector: z.boolean(), reranker: z.boolean() }).describe('What a degraded row breaks.'),
    by_type: z.boolean(),
    floor: z.object({ metric: z.enum(['recall_all', 'recall_any']), value: z.number() }).nullable(),
    include_abstention: z.boolean(),
    allow_degraded: z.boolean(),
    allow_mixed: z.boolean(),
  })
  .meta({ title: 'LongMemEval settings', description: 'What a run of LongMemEval is told.' });

export type LongMemEvalSettings = z.infer<typeof longMemEvalSettingsSchema>;
