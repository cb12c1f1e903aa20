import { z } from 'zod';
import { BUDGET_LANES } from './vocabulary.ts';

/** Billionths of a US dollar: whole numbers, so that sums are exact. */
const nanoUsd = z.number().int().nonnegative();
const tokens = z.number().int().nonnegative().nullable();

/**
 * A row of `ledger/budget.jsonl`, hash-chained by `seq`, `prev_hash` and `row_hash`. `reserve` stands before a call is made and counts until its
 * `settle` takes its place; one that never comes leaves it counted: a lost reply costs what was reserved.
 */
export const budgetRowSchema = z
  .discriminatedUnion('kind', [
    z.looseObject({
      schema: z.literal('budget-row/1'),
      kind: z.literal('reserve'),
      reservation: z.string(),
      at: z.iso.datetime(),
      run_id: z.string(),
      command: z.string(),
      lane: z.enum(BUDGET_LANES),
      model: z.string(),
      nano_usd: nanoUsd,
      price_table: z.string(),
    }),
    z.looseObject({
      schema: z.literal('budget-row/1'),
      kind: z.literal('settle'),
      reservation: z.string(),
      at: z.iso.datetime(),
      run_id: z.string(),
      nano_usd: nanoUsd.describe(
        'By the usage that the provider reports; what was reserved where it reports none; 0 where no call was made.',
      ),
      input_tokens: tokens,
      output_tokens: tokens,
    }),
  ])
  .meta({ title: 'Budget row', description: 'Money that was set aside for a call, or what the call cost.' });

export type BudgetRow = z.infer<typeof budgetRowSchema>;
