import { z } from 'zod';

/** What somebody expects of arms before they run. `versus` is the arm that a difference or ratio is taken against; `arm` over `versus`. */
export const expectationSchema = z
  .strictObject({
    id: z.string().min(1),
    text: z.string().min(1),
    suite: z.string().min(1).describe('A suite, or `*` for each one.'),
    metric: z.string().min(1),
    arm: z.string().min(1).describe('An arm, or `*` for every one.'),
    versus: z.string().min(1).optional(),
    statistic: z.enum(['difference', 'absolute_difference', 'ratio', 'value']),
    op: z.enum(['between', '>=', '<=']),
    low: z.number().optional(),
    high: z.number().optional(),
    unit: z.enum(['pp', 'x', 'value']),
  })
  .refine(
    ({ op, low, high }) =>
      op === 'between' ? low !== undefined && high !== undefined : op === '>=' ? low !== undefined : high !== undefined,
    {
      error: 'expected `low` and `high` with between, `low` with >=, `high` with <=',
    },
  )
  .refine(({ statistic, versus }) => statistic === 'value' || versus !== undefined, {
    path: ['versus'],
    error: 'expected the arm that it is taken against',
  });

export const expectationsSchema = z
  .strictObject({
    schema_version: z.literal(1),
    registered_at: z.iso.datetime({ offset: true }),
    expectations: z.array(expectationSchema).min(1),
  })
  .meta({ title: 'Expectations', description: 'What is expected of arms, registered before they run.' });

export type Expectation = z.infer<typeof expectationSchema>;
export type Expectations = z.infer<typeof expectationsSchema>;
