import { z } from 'zod';
import { frozenSplitsSchema } from './release-manifest.ts';

/** `release/1`: the entry `lake/releases/<version>/release.json`, by which every later run knows which task was released on which side of the split. */
export const releaseEntrySchema = z.strictObject({
  schema: z.literal('release/1'),
  version: z.string(),
  frozen_at: z.iso.datetime(),
  run_id: z.string(),
  head: z.string(),
  /** Digest that the manifest of the release states of itself. */
  manifest_digest: z.string().regex(/^[0-9a-f]{64}$/),
  splits: frozenSplitsSchema,
});

export type ReleaseEntry = z.infer<typeof releaseEntrySchema>;
