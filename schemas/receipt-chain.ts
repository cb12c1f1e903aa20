import { z } from 'zod';
import { stageReceiptSchema } from './stage-receipt.ts';
import { STAGES } from './vocabulary.ts';

/** `receipt-chain/1`: what `lauter distill receipts --json` prints. */
export const receiptChainSchema = z.strictObject({
  schema: z.literal('receipt-chain/1'),
  run_id: z.string(),
  /** True when each receipt names the one before it and is what was published. */
  closes: z.boolean(),
  /** The first link that does not hold; null when all do. */
  broken: z.strictObject({ stage: z.enum(STAGES), detail: z.string() }).nullable(),
  /** Receipts of the stages that are done, in order. */
  receipts: z.array(stageReceiptSchema),
});

export type ReceiptChain = z.infer<typeof receiptChainSchema>;
