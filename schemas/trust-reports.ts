import { z } from 'zod';
import { metricComparisonSchema } from './metric-comparison.ts';
import { trustLedgerRowSchema, bt29StateSchema } from './trust-ledger.ts';
import { BEST_ANSWERS, BENCH_MODES, LEDGER_DAMAGES, MODEL_VERDICTS, type LedgerDamage } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** `trust-list/1`: what `lauter bench ledger list --json` prints. */
export const trustListSchema = z.strictObject({
  schema: z.literal('trust-list/1'),
  /** Oldest first. */
  rows: z.array(trustLedgerRowSchema),
  /** What they come to for each model under one card, key and mode, the last recorded first. */
  models: z.array(
    z.strictObject({
      model_id: z.string(),
      model_card_digest: z.string().nullable(),
      comparability_key: sha256Hex,
      mode: z.enum(BENCH_MODES),
      bt29: bt29StateSchema,
    }),
  ),
});

/** `trust-verification/1`: what `lauter bench ledger verify --json` prints. */
export const trustVerificationSchema = z.strictObject({
  schema: z.literal('trust-verification/1'),
  holds: z.boolean(),
  /** Rows that hold, from the first on, and the hash of the last of them; 64 zeros without any. */
  rows: count,
  row_hash: sha256Hex,
  /** True when the beginning of a row follows that a process wrote when it died; the next append clears it away. */
  is_torn: z.boolean(),
  /** The first row that is not as it must be; null when the chain holds. */
  fault: z
    .strictObject({
      kind: z.enum([...(Object.keys(LEDGER_DAMAGES) as [LedgerDamage, ...LedgerDamage[]]), 'expected_head']),
      seq: z.number().int().positive(),
      expected: z.string(),
      found: z.string(),
      remedy: z.string(),
    })
    .nullable(),
});

/** One side of the question which of two models is better. */
const trustSideSchema = z.strictObject({
  model_id: z.string(),
  run_ids: z.array(z.string()),
  verdicts: z.array(z.enum(MODEL_VERDICTS)),
  bt29: bt29StateSchema,
});

/** `trust-best/1`: what `lauter bench ledger best --json` prints. */
export const trustBestSchema = z.strictObject({
  schema: z.literal('trust-best/1'),
  answer: z.enum(BEST_ANSWERS),
  mode: z.enum(BENCH_MODES),
  comparability_key: sha256Hex,
  challenger: trustSideSchema,
  /** The newest other model that passed under the same key, and its row. */
  reference: trustSideSchema.extend({ seq: z.number().int().positive() }),
  /** Items that both have answers to. */
  n: count,
  /** Differences are challenger minus reference; `mrr` decides. */
  metrics: z.strictObject({ mrr: metricComparisonSchema, hit_at_1: metricComparisonSchema }),
});

export type TrustList = z.infer<typeof trustListSchema>;
export type TrustVerification = z.infer<typeof trustVerificationSchema>;
export type TrustBest = z.infer<typeof trustBestSchema>;
