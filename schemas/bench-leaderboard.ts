import { z } from 'zod';
import { bt29StateSchema } from './trust-ledger.ts';
import { BENCH_MODES } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const mean = z.number().nullable();
const interval = z.tuple([z.number(), z.number()]).nullable();
const estimateSchema = z.strictObject({ mean, ci95: interval });

/** A model under one served card, over all its runs of the key. */
const leaderboardRowSchema = z.strictObject({
  model_id: z.string(),
  card_digest: z.string().nullable(),
  run_ids: z.array(z.string()),
  /** Of those runs, how many came to which verdict. */
  verdicts: z.strictObject({ PASS: count, FAIL: count, INCONCLUSIVE: count }),
  /** Questions; each counts once, with its mean over the runs. */
  n: count,
  mrr: estimateSchema,
  hit_at_1: estimateSchema,
  hit_at_10: estimateSchema,
  ndcg_at_10: estimateSchema,
  /** Mean over the runs that have one. */
  judge_mean: mean,
  /** Smallest difference to another model that would be found; unpaired. */
  mde: z.strictObject({ form: z.literal('unpaired'), mrr: mean, hit_at_1: mean }),
  /** floor(0.02 x n): how many questions may flip within the budget of BT-29. */
  budget_flips: count,
  bt29: bt29StateSchema,
});

/** `bench-leaderboard/1`: what `lauter bench leaderboard --json` prints. Best MRR first; intervals that overlap rank nothing. */
export const benchLeaderboardSchema = z.strictObject({
  schema: z.literal('bench-leaderboard/1'),
  mode: z.enum(BENCH_MODES),
  comparability_key: z.string().nullable(),
  corpus_version: z.string().nullable(),
  eval_qa_version: z.string().nullable(),
  runs: count,
  rows: z.array(leaderboardRowSchema),
  /** Stored runs that are left out, and why. */
  left_out: z.strictObject({ other_key: count, no_key: count, incomplete: count, no_items: count }),
  /** The other keys, newest first, with their runs. */
  other_keys: z.array(z.strictObject({ comparability_key: z.string(), runs: count })),
});

export type LeaderboardRow = z.infer<typeof leaderboardRowSchema>;
export type BenchLeaderboard = z.infer<typeof benchLeaderboardSchema>;
