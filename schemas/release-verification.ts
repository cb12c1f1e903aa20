import { z } from 'zod';

const count = z.number().int().nonnegative();

/** What a release consists of, in the order in which it is looked at. */
export const RELEASE_PARTS = [
  'manifest',
  'verdict',
  'tag',
  'export_file',
  'lake_manifest',
  'lake_file',
  'dataset_digest',
  'receipt',
  'splits',
  'ledger',
  'baseline',
] as const;
export type ReleasePart = (typeof RELEASE_PARTS)[number];

/** One thing that is not as it was frozen. `on` is a path relative to the workspace, or the name of what is meant. */
const releaseDifferenceSchema = z.strictObject({
  part: z.enum(RELEASE_PARTS),
  on: z.string(),
  expected: z.string(),
  found: z.string(),
  remedy: z.string(),
});

/** `release-verification/1`: what `lauter release verify MANIFEST --json` prints. */
export const releaseVerificationSchema = z.strictObject({
  schema: z.literal('release-verification/1'),
  /** As it was given. */
  manifest: z.string(),
  version: z.string(),
  run_id: z.string(),
  frozen_at: z.string(),
  holds: z.boolean(),
  checked: z.strictObject({ comparisons: count, files: count, bytes: count, rows: count }),
  /** The first one, in the order of the parts; null when everything is as it was. */
  first: releaseDifferenceSchema.nullable(),
  differences: z.array(releaseDifferenceSchema),
  /** What does not speak against the data but should be known: where the repository stands. */
  warnings: z.array(z.strictObject({ on: z.string(), expected: z.string(), found: z.string() })),
});

export type ReleaseDifference = z.infer<typeof releaseDifferenceSchema>;
export type ReleaseVerification = z.infer<typeof releaseVerificationSchema>;
