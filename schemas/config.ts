import { z } from 'zod';
import { distillSettingsSchema } from './distill-settings.ts';
import { mappedOptionsSchema } from './mapped-options.ts';
import { ADAPTERS } from './vocabulary.ts';

/** A folder, file or glob of traces, with the format they are in. */
export const sourceConfigSchema = z
  .strictObject({
    /** Appears in every row that comes from this source. */
    name: z.string().regex(/^[\w][\w ./:-]*$/, 'expected letters, digits and . / : - _'),
    /** Format; told by content when left out. */
    adapter: z.enum(ADAPTERS).optional(),
    /** Files, folders or globs; relative ones start from the folder of this file. */
    paths: z.array(z.string().min(1)).min(1),
    /** Options of the adapter; `mapped` needs field paths here. */
    options: z.record(z.string(), z.unknown()).default({}),
  })
  .superRefine((source, context) => {
    if (source.adapter !== 'mapped') return;
    const parsed = mappedOptionsSchema.safeParse(source.options);
    for (const issue of parsed.success ? [] : parsed.error.issues) context.addIssue({ code: 'custom', path: ['options', ...issue.path], message: issue.message });
  });

/** How the engine is run. Connection details come from the environment and profiles of the Temporal SDK, never from here. */
export const engineConfigSchema = z.strictObject({
  /** Port of the embedded server; a free one is chosen when left out. */
  port: z.number().int().min(1024).max(65535).optional(),
  /** Threads that do the work; all cores when left out. */
  threads: z.number().int().min(1).max(256).optional(),
  /** How long a command waits for a server that went away, in seconds. */
  give_up_after_s: z.number().int().min(1).default(120),
  /** After this long without a sign of life an attempt counts as dead, in seconds. */
  heartbeat_timeout_s: z.number().min(1).max(300).default(10),
});

/** `lauter.config.json`. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  sources: z.array(sourceConfigSchema).default([]),
  distill: distillSettingsSchema.prefault({}),
  engine: engineConfigSchema.prefault({}),
});

export type Config = z.infer<typeof configSchema>;
export type SourceConfig = z.infer<typeof sourceConfigSchema>;
