import { z } from 'zod';
import { STAGES } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** What can fail to hold, in the order in which a stage is looked at. */
export const RECEIPT_LINKS = [
  'receipt',
  'published_receipt',
  'run_document',
  'manifest',
  'shard',
  'row',
  'dataset_digest',
  'export_file',
  'export_digest',
  'stage_digest',
  'summary',
] as const;
export type ReceiptLink = (typeof RECEIPT_LINKS)[number];

/** One digest, or one statement, that the disk does not bear out. */
const receiptFaultSchema = z.strictObject({
  link: z.enum(RECEIPT_LINKS),
  /** Stage whose receipt claims it; null for the summary, which joins all of them. */
  stage: z.enum(STAGES).nullable(),
  /** File that it is about, relative to the workspace. */
  path: z.string(),
  expected: z.string(),
  found: z.string(),
  /** What to do. */
  remedy: z.string(),
});

/** `receipts-verification/1`: what `lauter distill receipts --verify --json` prints. */
export const receiptsVerificationSchema = z.strictObject({
  schema: z.literal('receipts-verification/1'),
  run_id: z.string(),
  holds: z.boolean(),
  /** How much was compared: links, and the files, bytes and rows behind them. */
  checked: z.strictObject({ links: count, files: count, bytes: count, rows: count }),
  /** The first link that does not hold, in the order of the stages; null when all do. */
  first: receiptFaultSchema.nullable(),
  faults: z.array(receiptFaultSchema),
});

export type ReceiptFault = z.infer<typeof receiptFaultSchema>;
export type ReceiptsVerification = z.infer<typeof receiptsVerificationSchema>;
