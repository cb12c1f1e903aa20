import { z } from 'zod';
import { benchSettingsSchema } from './bench-settings.ts';
import { costSettingsSchema } from './cost-settings.ts';
import { distillSettingsSchema } from './distill-settings.ts';
import { mappedOptionsSchema } from './mapped-options.ts';
import { autopilotSettingsSchema, probeSettingsSchema } from './probe-settings.ts';
import { releaseSettingsSchema } from './release-settings.ts';
import { replaySettingsSchema } from './replay-settings.ts';
import { evalSettingsSchema, searchSettingsSchema } from './search-settings.ts';
import { langfuseOptionsSchema, otelGenaiOptionsSchema } from './trace-options.ts';
import { ADAPTERS, type AdapterName } from './vocabulary.ts';

/** What the options of a source may be, where its adapter has any. */
function optionsOf(adapter: AdapterName | undefined): z.ZodType | undefined {
  switch (adapter) {
    case 'mapped':
      return mappedOptionsSchema;
    case 'otel-genai':
      return otelGenaiOptionsSchema;
    case 'langfuse':
      return langfuseOptionsSchema;
    default:
      return undefined;
  }
}

/** A folder, file or glob of traces, with the format they are in. */
export const sourceConfigSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[\w][\w ./:-]*$/, 'expected letters, digits and . / : - _')
      .describe('Appears in every row that comes from this source.'),
    adapter: z.enum(ADAPTERS).optional().describe('Format; told by content when left out.'),
    license: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Under which license its records may be used, best as an SPDX identifier; goes to the dataset card.'),
    paths: z.array(z.string().min(1)).min(1).describe('Files, folders or globs; relative ones start from the folder of this file.'),
    options: z
      .record(z.string(), z.unknown())
      .default({})
      .describe('Options of the adapter; `mapped` needs its field paths here, under `fields`.'),
  })
  .superRefine((source, context) => {
    const parsed = optionsOf(source.adapter)?.safeParse(source.options);
    for (const issue of parsed?.error?.issues ?? [])
      context.addIssue({ code: 'custom', path: ['options', ...issue.path], message: issue.message });
  })
  .meta({ title: 'Source', description: 'A folder, file or glob of traces, with the format they are in.' });

/** How the engine is run. Connection details come from the environment and profiles of the Temporal SDK, never from here. */
export const engineConfigSchema = z
  .strictObject({
    port: z.number().int().min(1024).max(65535).optional().describe('Port of the embedded server; a free one is chosen when left out.'),
    threads: z.number().int().min(1).max(256).optional().describe('Threads that do the work; all cores when left out.'),
    give_up_after_s: z.number().int().min(1).default(120).describe('How long a command waits for a server that went away, in seconds.'),
    heartbeat_timeout_s: z
      .number()
      .min(1)
      .max(300)
      .default(10)
      .describe('After this long without a sign of life an attempt counts as dead, in seconds.'),
  })
  .meta({
    title: 'Engine',
    description: 'How the engine is run. Connection details come from the environment and profiles of the Temporal SDK, never from here.',
  });

/** `lauter.config.json`. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Lets an editor complete and check this file.'),
    sources: z.array(sourceConfigSchema).default([]).describe('What a run reads when no path is given on the command line.'),
    distill: distillSettingsSchema.prefault({}),
    engine: engineConfigSchema.prefault({}),
    release: releaseSettingsSchema.prefault({}),
    bench: benchSettingsSchema.prefault({}),
    search: searchSettingsSchema.prefault({}),
    eval: evalSettingsSchema.prefault({}),
    cost: costSettingsSchema.prefault({}),
    probe: probeSettingsSchema.prefault({}),
    autopilot: autopilotSettingsSchema.optional(),
    replay: replaySettingsSchema.prefault({}),
  })
  .meta({ title: 'lauter.config.json', description: 'Sources, rules and engine of a Lauter workspace.' });

export type Config = z.infer<typeof configSchema>;
export type SourceConfig = z.infer<typeof sourceConfigSchema>;
