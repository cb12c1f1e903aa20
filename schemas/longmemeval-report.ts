import { z } from 'zod';
import { longMemEvalSummarySchema } from './longmemeval-summary.ts';
import { reportMetaSchema } from './report-meta.ts';
import { DEGRADATIONS, LONGMEMEVAL_OUTCOMES } from './vocabulary.ts';

const count = z.number().int().min(0);

/** A share with its Wilson interval at 95 %. */
const share = z.object({ hit: count, total: count, rate: z.number().nullable(), ci95: z.tuple([z.number(), z.number()]).nullable() });

/** Recall of rows at one depth in distinct sessions. */
const recallAtDepth = z.object({
  k: z.number().int().min(1),
  all: share,
  any: share,
  fraction: z.object({ sum: z.number(), total: count, mean: z.number().nullable() }),
});

const recallBlock = z.object({ type: z.string(), rows: count, errors: count, at: z.array(recallAtDepth) });

const floor = z.object({ metric: z.enum(['recall_all', 'recall_any']), value: z.number() });

const breach = z.object({
  type: z.string(),
  metric: z.enum(['recall_all', 'recall_any']),
  all_rate: z.number(),
  rate: z.number(),
  floor: z.number(),
});

/** What `lauter eval longmemeval --json` prints. */
export const longMemEvalReportSchema = z
  .strictObject({
    schema_version: z.literal(1),
    run_id: z.string(),
    figure: z.string().describe('What the printed figures are of: split, questions, turns.'),
    verdict: z.enum(['accepted', 'floor_missed', 'invalid', 'degraded', 'over_budget']),
    reasons: z.array(z.string()),
    dataset: z.object({ name: z.string(), sha256: z.string(), questions: count }),
    retriever: z.string(),
    strategy: z.string(),
    mode: z.string(),
    top_k: z.number().int(),
    rows: count,
    reused: count,
    outcomes: z.record(z.enum(LONGMEMEVAL_OUTCOMES), count),
    degraded: z.partialRecord(z.enum(DEGRADATIONS), count),
    recall: z.object({ all_types: recallBlock, by_type: z.array(recallBlock), abstention: recallBlock.nullable() }),
    qa_accuracy: z.object({ all_types: share, by_type: z.array(z.object({ type: z.string(), accuracy: share })) }).nullable(),
    floor: floor.nullable(),
    breaches: z.array(breach),
    summary: longMemEvalSummarySchema,
    usage: z
      .object({ input_tokens: count, output_tokens: count, cost_usd: z.number() })
      .describe('Of the rows: of each question what led to what stands there, whichever run paid for it.'),
    cost: z
      .object({
        estimated_usd: z.number().nullable().describe('What was told before the run began; null where nobody estimated.'),
        settled_usd: z
          .number()
          .describe('What the ledger counts for the budgets of this run: every call, also those whose replies were lost.'),
        cap_usd: z.number().nullable().describe('Most that the run could spend; null is no limit of its own.'),
        price_table: z.string(),
      })
      .describe('Estimated and settled in US dollars.'),
    notices: z.array(z.string()),
    output: z.string().nullable(),
    started_at: z.string(),
    finished_at: z.string(),
    hypotheses: z.array(z.unknown()).optional().describe('The rows, where no file was named for them.'),
    code: z.object({ version: z.string(), commit: z.string().nullable(), is_dirty: z.boolean().nullable() }),
    _meta: reportMetaSchema.optional().describe('Always in what is printed; a run keeps its report without.'),
  })
  .meta({ title: 'LongMemEval report', description: 'How a search engine did on LongMemEval.' });

export type LongMemEvalReport = z.infer<typeof longMemEvalReportSchema>;
export type RecallBlock = z.infer<typeof recallBlock>;
export type RecallAtDepth = z.infer<typeof recallAtDepth>;
export type Share = z.infer<typeof share>;
export type FloorBreach = z.infer<typeof breach>;
