import { z } from 'zod';

const usd = z.number().nonnegative();
const count = z.number().int().nonnegative();

const sum = {
  calls: count,
  estimated_usd: usd.describe('What had been set aside for the calls that are settled.'),
  settled_usd: usd.describe('What the settled calls cost.'),
  open_calls: count.describe('Set aside and not settled: being made right now, or lost in a crash.'),
  set_aside_usd: usd,
  spent_usd: usd.describe('Settled and set aside: what counts against a cap.'),
  input_tokens: count.describe('As far as the providers reported them.'),
  output_tokens: count,
};
const sums = z.array(z.strictObject({ name: z.string(), ...sum }));

/** What `lauter budget show --json` prints. */
export const budgetSummarySchema = z
  .strictObject({
    schema_version: z.literal(1),
    run_id: z.string().nullable().describe('With --run: everything below is of that run alone, but for `today`.'),
    from: z.iso.date().nullable().describe('First day (UTC) that is counted; null for all of them.'),
    to: z.iso.date(),
    caps: z.strictObject({ per_day_usd: usd.nullable(), per_command_usd: z.record(z.string(), usd) }),
    price_table: z.strictObject({ version: z.string(), date: z.iso.date().nullable(), models: count }),
    today: z
      .strictObject({ ...sum, left_usd: usd.nullable().describe('Null without a cap of the day.') })
      .describe('All runs of this day (UTC).'),
    total: z.strictObject(sum),
    by_day: sums,
    by_command: sums,
    by_lane: sums,
    by_model: sums,
    by_run: sums,
  })
  .meta({ title: 'Budget', description: 'What was spent on models and what may be.' });

export type BudgetSummary = z.infer<typeof budgetSummarySchema>;
export type BudgetSum = BudgetSummary['total'];
