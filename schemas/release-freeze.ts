import { z } from 'zod';
import { gateResultSchema } from './release-manifest.ts';
import { RELEASE_VERDICTS } from './vocabulary.ts';

/** `release-freeze/1`: what `lauter release freeze --json` prints. */
export const releaseFreezeSchema = z.strictObject({
  schema: z.literal('release-freeze/1'),
  version: z.string(),
  verdict: z.enum(RELEASE_VERDICTS),
  /** Name of the tag that the release is to get. */
  tag: z.string(),
  /** The command that makes it; null unless every gate passed. It is printed, never run. */
  tag_command: z.string().nullable(),
  head: z.string(),
  branch: z.string().nullable(),
  run_id: z.string(),
  manifest_digest: z.string(),
  duration_ms: z.number().int().nonnegative(),
  gates: z.array(gateResultSchema),
  paths: z.strictObject({ manifest: z.string(), markdown: z.string(), html: z.string(), test_log: z.string() }),
});

export type ReleaseFreeze = z.infer<typeof releaseFreezeSchema>;
