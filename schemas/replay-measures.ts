import { z } from 'zod';
import { GROUNDING_MODES, REPLAY_RETRIEVERS } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');

/** What a share is of, and where it may lie by chance, 95 %. Null where nothing was counted. */
export const replayShareSchema = z
  .strictObject({
    hit: count,
    total: count,
    rate: z.number().min(0).max(1).nullable(),
    ci95: z.tuple([z.number(), z.number()]).nullable(),
    method: z
      .enum(['wilson', 'cluster_bootstrap'])
      .nullable()
      .describe('Wilson where each task counts once; where it counts several times, whole tasks are drawn. Null without an interval.'),
  })
  .meta({ title: 'Share', description: 'A share of answers or of tasks.' });

/** Answers that had less to go by than was asked for; they are in every figure all the same. */
export const replayImpairedSchema = z.strictObject({
  trimmed: count.describe('Answers whose bundle was trimmed to the window of the model.'),
  degraded: count.describe('Answers whose playbooks were found otherwise than asked for, as by words alone while the embedder was away.'),
});

/** What a comparison of replays was made of, whichever it is. */
export const replayArmsFrameSchema = z.strictObject({
  run_id: z.string().min(1),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  model: z.string().min(1),
  /** Asked when the gate refused; null where that was not allowed. */
  escalate_to: z.string().nullable(),
  /** Of the arms with playbooks. */
  retriever: z.enum(REPLAY_RETRIEVERS).exclude(['none']),
  grounding_mode: z.enum(GROUNDING_MODES),
  /** The whole corpus; its run is null for a file that was named. */
  corpus: z.strictObject({ run_id: z.string().nullable(), rows: count, sha256: sha256Hex }),
  /** File of tasks, as it was read. */
  tasks: z.strictObject({ path: z.string().min(1), sha256: sha256Hex }),
  /** Of the resamples. */
  seed: z.number().int(),
  resamples: z.number().int().positive(),
  estimated_usd: z.number().nonnegative(),
});

export type ReplayImpaired = z.infer<typeof replayImpairedSchema>;
export type ReplayShare = z.infer<typeof replayShareSchema>;
export type ReplayArmsFrame = z.infer<typeof replayArmsFrameSchema>;
