import { z } from 'zod';
import { ADAPTERS, SEARCH_MODES } from './vocabulary.ts';

/** `init-report/1`: what `lauter init --json` prints. */
export const initReportSchema = z.strictObject({
  schema: z.literal('init-report/1'),
  workspace: z.string(),
  config: z.string(),
  /** False when a config was there already and was left alone. */
  written: z.boolean(),
  /** The search mode that the config was given; null when one was there already and its mode was left alone. */
  mode: z.enum(SEARCH_MODES).nullable(),
  /** Sources that were added to the config, or would have been. */
  sources: z.array(z.strictObject({ name: z.string(), adapter: z.enum(ADAPTERS), paths: z.array(z.string()) })),
  /** Files of no known format, or of two, that no source covers. */
  unclear: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
});

export type InitReport = z.infer<typeof initReportSchema>;
