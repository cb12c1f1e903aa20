import { z } from 'zod';

const told = z.string().nullable();

/** What a report's figures were made from. Null prints as `unknown`; a report that does not know its commit, dataset hash or seed is marked `not reproducible`. */
export const reproducibilitySchema = z
  .strictObject({
    commit: told.describe('Followed by ` dirty` where the tree was.'),
    lauter_version: z.string(),
    datasets: z.array(z.strictObject({ suite: z.string(), name: told, sha256: told })),
    question_set_hash: told,
    seed: z
      .union([z.number().int(), z.literal('none')])
      .nullable()
      .describe('`none` where nothing is drawn.'),
    resamples: z.number().int().nullable(),
    arms: z.array(z.strictObject({ arm: z.string(), knob_hash: told })),
    corpus_hash: told,
    prompt_hashes: z.record(z.string(), told),
    models: z.array(z.strictObject({ lane: z.string(), model: told, snapshot: told })),
    commands: z.array(z.string()).describe('Verbatim, each one as it was typed.'),
    run_ids: z.array(z.string()),
    started_at: told,
    finished_at: told,
    cost: z.strictObject({ estimated_usd: z.number().nullable(), settled_usd: z.number().nullable() }),
    price_table: told,
    degraded: z.record(z.string(), z.number().int()),
    errored: z.number().int().nonnegative(),
    is_reproducible: z.boolean(),
  })
  .meta({ title: 'Reproducibility', description: 'What the figures of a report were made from.' });

export type Reproducibility = z.infer<typeof reproducibilitySchema>;
