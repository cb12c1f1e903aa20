import { z } from 'zod';
import { searchCostsSchema } from './search-costs.ts';
import { searchKnobsSchema } from './search-knobs.ts';
import { KNOB_SOURCES, SEARCH_MODES } from './vocabulary.ts';

const resolvedKnob = z.strictObject({
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  source: z.enum(KNOB_SOURCES),
  source_detail: z.string(),
  description: z.string(),
});

/** What `lauter search modes --json` prints. */
export const searchModesSchema = z
  .strictObject({
    schema_version: z.literal(2),
    active_mode: z.enum(SEARCH_MODES).describe('The bundle that searches use: balanced when the config names no mode that there is.'),
    active_mode_valid: z.boolean(),
    shown_mode: z.enum(SEARCH_MODES).describe('The bundle that `resolved` and `knob_hash` are of: the active one, or that of --source.'),
    resolved: z.record(z.string(), resolvedKnob),
    bundles: z
      .record(z.enum(SEARCH_MODES), searchKnobsSchema)
      .describe('Where these settings count: without a reranker none is turned on.'),
    config_keys: z.array(z.string()),
    knob_hash: z.string(),
    costs: searchCostsSchema.optional().describe('With --costs.'),
    cleared: z.array(z.string()).describe('Keys that --reset took out of the config.'),
  })
  .meta({ title: 'Search modes', description: 'What decides a search, and who decided it.' });

export type SearchModes = z.infer<typeof searchModesSchema>;
