import { z } from 'zod';

const milestoneSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** A commit, best by its hash; a tag or branch counts as where it is. Never a text that git would read as an option or a question. */
  commit: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z./_+-]{0,199}$/, 'expected a commit hash, a tag or a branch'),
});

/** `release-milestones/1`: the file `release-milestones.json` of a repository. What is not listed proves nothing, so it is never empty. */
export const releaseMilestonesSchema = z
  .strictObject({ schema: z.literal('release-milestones/1'), milestones: z.array(milestoneSchema).min(1) })
  .refine(({ milestones }) => new Set(milestones.map(({ name }) => name)).size === milestones.length, {
    path: ['milestones'],
    error: 'expected every name once',
  });

export type ReleaseMilestones = z.infer<typeof releaseMilestonesSchema>;
