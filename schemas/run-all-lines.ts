import { z } from 'zod';
import { EVAL_STATES } from './vocabulary.ts';

const usd = z.number().nonnegative();

/** The first line that `lauter eval run-all --json` prints, before anything is asked. */
export const runAllEstimateLineSchema = z
  .strictObject({
    schema_version: z.literal(2),
    phase: z.literal('estimate'),
    retrieval_usd: usd,
    answer_usd: usd,
    total_usd: usd,
    cells: z.array(
      z.strictObject({
        suite: z.string(),
        mode: z.string(),
        questions: z.number().int().nonnegative(),
        retrieval_usd: usd,
        answer_usd: usd,
      }),
    ),
  })
  .meta({ title: 'Estimate of a run over suites', description: 'What every suite in every mode is expected to cost.' });

/** The second line, when all cells have ended. */
export const runAllCompleteLineSchema = z
  .strictObject({
    schema_version: z.literal(2),
    phase: z.literal('complete'),
    run_ids: z.array(z.string()),
    cells: z.array(
      z.strictObject({
        suite: z.string(),
        mode: z.string(),
        status: z.enum(EVAL_STATES),
        run_id: z.string(),
        run_uid: z.string(),
        metrics: z.record(z.string(), z.number().nullable()),
        cost_usd: usd.describe('Settled.'),
        reason: z.string().nullable().describe('Why the cell was skipped, or failed.'),
      }),
    ),
    comparison_path: z.string().nullable().describe('README.md of the comparison; null where there was nothing to compare.'),
  })
  .meta({ title: 'End of a run over suites', description: 'How every suite in every mode ended.' });

export type RunAllEstimateLine = z.infer<typeof runAllEstimateLineSchema>;
export type RunAllCompleteLine = z.infer<typeof runAllCompleteLineSchema>;
