import { z } from 'zod';
import { TUNING_RULES } from './vocabulary.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const recommendation = z.strictObject({
  id: z.enum(TUNING_RULES),
  key: z.string().describe('Key of the config.'),
  from: value.describe('What counts now.'),
  to: value,
  reason: z.string(),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  apply_command: z.string(),
  revert_command: z.string().describe('Restores what the config states now, or that it states nothing.'),
});

/** What `lauter search tune --json` prints. */
export const searchTuneSchema = z
  .strictObject({
    schema_version: z.literal(2),
    status: z.enum(['insufficient_data', 'no_recommendations', 'has_recommendations']),
    calls: z.number().int().min(0).describe('Of the last 7 days.'),
    recommendations: z.array(recommendation),
    applied: z.array(z.enum(TUNING_RULES)).describe('Recommendations that the config now follows.'),
  })
  .meta({ title: 'Search tuning', description: 'What recent searches suggest to change.' });

export type SearchTune = z.infer<typeof searchTuneSchema>;
