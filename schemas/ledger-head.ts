import { z } from 'zod';

/** `ledger-head/1`: how many rows a ledger has, and the hash of its last one. Written after the row, so that a cut-off end is noticed. */
export const ledgerHeadSchema = z
  .strictObject({
    schema: z.literal('ledger-head/1'),
    /** Position of the last row, from 1; 0 before the first. */
    seq: z.number().int().nonnegative(),
    row_hash: z.string().regex(/^[0-9a-f]{64}$/),
    count: z.number().int().nonnegative(),
  })
  .refine(({ seq, count }) => seq === count, { path: ['count'], error: 'expected as many rows as the last position' });

export type LedgerHead = z.infer<typeof ledgerHeadSchema>;
