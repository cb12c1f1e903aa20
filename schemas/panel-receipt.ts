import { z } from 'zod';
import { PANEL_VERDICTS } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const sha8 = z.string().regex(/^[0-9a-f]{8}$/);
const score = z.number().min(1).max(10);
const usd = z.number().nonnegative();
const byDimension = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value);

/** How far judges say the same of the same rows. Undefined values are null. */
export const panelAgreementSchema = z.strictObject({
  rows: count.describe('Rows that at least two judges scored.'),
  percent: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .describe('Of all pairs of judges on one row, those that both pass it or both fail it; 0 to 100.'),
  kappa: z
    .array(z.strictObject({ judges: z.tuple([z.string(), z.string()]), rows: count, kappa: z.number().nullable() }))
    .describe("Cohen's kappa on pass or fail, for each pair of judges by slot."),
  alpha: z.number().nullable().describe("Krippendorff's alpha, interval level; a unit is a dimension of a row."),
  leniency: z
    .record(z.string(), z.number().nullable())
    .describe("By slot: mean of the judge's score less the mean of the others' on the same unit."),
});

/** Which of two texts a judge prefers; `tie` also where it says another thing once they change places. */
export const panelPreferenceSchema = z.enum(['output', 'reference', 'tie']);

const dimensionSchema = z.looseObject({
  mean: z.number().describe('Rounded to a tenth; this number is compared with 7.'),
  min: z.number(),
  scores: z.array(z.number()).describe('In the order of the slots that answered.'),
  failReason: z.enum(['mean_below_7', 'min_below_5']).optional(),
});

/** What the scores of all judges come to. */
export const panelAggregateSchema = z.looseObject({
  verdict: z.enum(PANEL_VERDICTS),
  successes: count,
  failures: count,
  dimensions: byDimension(dimensionSchema).describe('Empty where fewer than two judges answered.'),
  overall: z.number().optional().describe('Mean of the means of the dimensions; absent where inconclusive.'),
  topImprovements: z.array(z.string()).max(10),
  errors: z.array(z.looseObject({ slot: z.string().optional(), modelId: z.string(), error: z.string() })),
  verdictMessage: z.string(),
});

const slotSchema = z.looseObject({
  id: z.string().min(1),
  model: z.string(),
  ok: z.boolean(),
  error: z.string().optional(),
  parsed: z
    .looseObject({
      scores: byDimension(z.looseObject({ score, feedback: z.string().optional() })),
      improvements: z.array(z.string()),
    })
    .optional(),
  raw_sha256: sha256.nullable().optional().describe('Of the reply as it came; null where none did.'),
  raw_path: z.string().nullable().optional().describe('Where the reply is kept, below the folder of the receipt.'),
  snapshot: z.string().nullable().optional().describe('The model as its server names it.'),
  preferences: byDimension(panelPreferenceSchema).optional().describe('Against the reference, where it was compared.'),
});

/** One cycle of a panel: who scored what, and what it came to. */
export const panelReceiptSchema = z
  .looseObject({
    schema_version: z.literal(1),
    cycle: z.number().int().min(1),
    task: z.string(),
    output_sha8: sha8,
    slug: z.string().min(1),
    timestamp: z.iso.datetime(),
    dimensions: z.array(z.string()).min(1),
    slots: z.array(slotSchema),
    skill_sha8: sha8.optional(),
    aggregate: panelAggregateSchema,
    receipt_path: z.string(),
    blinded: z.boolean().optional(),
    swapped: z.boolean().optional(),
    matched: z.array(z.string()).optional().describe('Injections found in what was judged, and `length-cap` where it was cut.'),
    agreement: panelAgreementSchema.optional(),
    adjusted: panelAggregateSchema.optional().describe('The same by scores less the mean error of each judge.'),
    usage: z.object({ input_tokens: count.nullable(), output_tokens: count.nullable() }).optional(),
    cost_usd: usd.optional(),
    prompt_hash: sha256.optional(),
  })
  .meta({ title: 'Panel receipt', description: 'One cycle of a panel of judges.' });

export type PanelAgreement = z.infer<typeof panelAgreementSchema>;
export type PanelPreference = z.infer<typeof panelPreferenceSchema>;
export type PanelAggregate = z.infer<typeof panelAggregateSchema>;
export type PanelReceipt = z.infer<typeof panelReceiptSchema>;
