import { z } from 'zod';
import { panelCalibrationSchema } from './panel-calibration.ts';
import { panelAggregateSchema, panelAgreementSchema, panelReceiptSchema } from './panel-receipt.ts';
import { PANEL_VERDICTS } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const usd = z.number().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const batchVerdict = z.enum([...PANEL_VERDICTS, 'error']);

const questionSchema = z.looseObject({
  question_id: z.string(),
  verdict: z.enum([...PANEL_VERDICTS, 'error', 'upstream_error']),
  error: z.string().optional(),
  final_aggregate: panelAggregateSchema.optional(),
  budget_skipped: z.boolean().optional().describe('Not done, because the budget was used up; its verdict is `error`.'),
  adjusted_verdict: z.enum(PANEL_VERDICTS).optional().describe('By scores less the mean error of each judge.'),
  receipts: z.array(panelReceiptSchema).optional().describe('One a cycle.'),
});

/** What `lauter eval cross-modal --batch` leaves: all that it did, so that it stands alone. */
export const panelBatchSchema = z
  .looseObject({
    schema_version: z.literal(1),
    kind: z.literal('cross_modal_batch_summary'),
    timestamp: z.iso.datetime(),
    total: count.describe('Every row that was taken: all counts but `not_scored` together.'),
    pass_count: count,
    fail_count: count,
    inconclusive_count: count,
    error_count: count,
    upstream_error_count: count,
    malformed_count: count,
    verdict: batchVerdict,
    est_cost_usd: usd,
    slots: z.array(z.looseObject({ id: z.string(), model: z.string() })),
    cycles_per_question: z.number().int().min(1),
    concurrent: z.number().int().min(1),
    per_question: z.array(questionSchema),
    not_scored: count.optional().describe('Rows beyond the limit.'),
    budget_skipped: count.optional(),
    actual_cost_usd: usd.optional(),
    input_sha256: sha256.optional(),
    dimensions: z.array(z.string()).optional(),
    blinded: z.boolean().optional(),
    swapped: z.boolean().optional(),
    prompt_hash: sha256.optional(),
    usage: z.object({ input_tokens: count.nullable(), output_tokens: count.nullable() }).optional(),
    agreement: panelAgreementSchema.optional(),
    calibration: panelCalibrationSchema.optional(),
    adjusted: z
      .strictObject({ verdict: batchVerdict, pass_count: count, fail_count: count, inconclusive_count: count })
      .optional()
      .describe('What the batch comes to by adjusted scores.'),
  })
  .meta({ title: 'Panel batch', description: 'What a panel of judges says of many answers.' });

export type PanelBatch = z.infer<typeof panelBatchSchema>;
