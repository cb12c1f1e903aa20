import { z } from 'zod';
import { BENCH_MODES, BT29_CLAIMS, BT29_STATES } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');
const share = z.number().min(0).max(1);
const judgeMean = z.number().min(1).max(5);

/** `lauter.ledger/1`: what one determinism verdict came to for one model. A number is null where it was not measured. */
export const trustRowSchema = z.strictObject({
  schema: z.literal('lauter.ledger/1'),
  /** To the minute: `2026-03-02T06:40Z`. */
  recorded_at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/, 'expected a time such as 2026-03-02T06:40Z'),
  /** Null for runs that were started one by one. */
  sweep_id: z.string().min(1).nullable(),
  model_id: z.string().min(1),
  /** Digest of the served card, or the sha256 of a card that states none. */
  model_card_digest: z.string().min(1).nullable(),
  verdict: z.enum(['PASS', 'FAIL']),
  claim: z.enum(BT29_CLAIMS),
  /** Why the verdict is FAIL, the first that stands for all before the others; empty for PASS. */
  reasons: z.array(z.string().min(1)),
  mode: z.enum(BENCH_MODES),
  n_runs: count,
  scored_count: count.nullable(),
  mrr_mean: share.nullable(),
  mrr_delta: share.nullable(),
  hit_at_1_mean: share.nullable(),
  hit_at_1_delta: share.nullable(),
  judge_mean: judgeMean.nullable(),
  judge_mean_delta: z.number().min(0).max(4).nullable(),
  ndcg_at_10_mean: share.nullable(),
  budgets: z.strictObject({ mrr: z.number().nonnegative(), hit_at_1: z.number().nonnegative(), judge_mean: z.number().nonnegative() }),
  /** Smallest difference to a model not yet known that would be found; unpaired. */
  mde: z.strictObject({ hit_at_1: z.number().nonnegative().nullable(), mrr: z.number().nonnegative().nullable() }),
  flips: z.strictObject({ hit_at_1: count.nullable(), rank: count.nullable() }),
  temperature: z.number().nonnegative().nullable(),
  comparability_key: sha256Hex,
  /** What the key is made of, as the runs record it. */
  comparability: z.strictObject({
    corpus_content_hash: z.string().min(1),
    qa_content_hash: z.string().min(1).nullable(),
    embedding_model: z.string().min(1).nullable(),
    prompt_hash: z.string().min(1),
    tuning_hash: z.string().min(1),
  }),
  run_ids: z.array(z.string().min(1)),
  /** Of the files of `run_ids`, in their order. */
  run_file_sha256: z.array(sha256Hex),
  /** Of the bytes of the determinism report. */
  report_sha256: sha256Hex,
  git_commit: z.string().min(1).nullable(),
});

/** The same as it stands in `ledger/trust.jsonl`: `row_hash` is the sha256 of the canonical JSON of all the rest. */
export const trustLedgerRowSchema = trustRowSchema.extend({
  seq: z.number().int().positive(),
  prev_hash: sha256Hex,
  row_hash: sha256Hex,
});

/** What the ledger says about a model, under one card and one comparability key. */
export const bt29StateSchema = z.strictObject({
  state: z.enum(BT29_STATES),
  /** As every result that shows the model prints it. */
  text: z.string().min(1),
  /** Row that says so; null when none does. */
  seq: z.number().int().positive().nullable(),
  date: z.iso.date().nullable(),
});

export type TrustRow = z.infer<typeof trustRowSchema>;
export type TrustLedgerRow = z.infer<typeof trustLedgerRowSchema>;
export type Bt29State = z.infer<typeof bt29StateSchema>;
