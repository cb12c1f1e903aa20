import { z } from 'zod';

/** What the gates of a release need to know. Part of the config file under `release`. */
export const releaseSettingsSchema = z
  .strictObject({
    test_command: z
      .string()
      .min(1)
      .optional()
      .describe('Runs the full test suite, in the repository; `npm test` when left out and package.json has a test script.'),
    test_timeout_s: z.number().int().min(1).max(86_400).default(7_200).describe('A suite that takes longer has failed, in seconds.'),
    tolerate: z
      .array(z.string().min(1).max(500))
      .default([])
      .describe('Files that may differ from what is committed, relative to the repository: `docs/figures/`, `*.csv`, `out/**/index.html`.'),
  })
  .meta({ title: 'Release', description: 'What the gates of `lauter release freeze` need to know.' });

export type ReleaseSettings = z.infer<typeof releaseSettingsSchema>;
