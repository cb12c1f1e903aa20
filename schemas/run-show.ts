import { z } from 'zod';
import { refusalSchema, stageSummarySchema } from './run-summary.ts';
import { runViewSchema } from './run-view.ts';
import { ADAPTERS } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** `run-show/1`: what `lauter runs show --json` prints. */
export const runShowSchema = z.strictObject({
  schema: z.literal('run-show/1'),
  run: runViewSchema,
  /** Null until the run has ended with one. */
  verdict: z.enum(['accepted', 'refused']).nullable(),
  reasons: z.array(refusalSchema),
  /** Stages that are done, each with the path of its receipt. */
  stages: z.array(stageSummarySchema.extend({ receipt: z.string() })),
  /** What the run reads; empty before it has planned. */
  inputs: z.array(z.strictObject({ name: z.string(), adapter: z.enum(ADAPTERS), files: count, bytes: count })),
  /** Absolute paths; null for what does not exist. */
  paths: z.strictObject({
    records: z.string(),
    exports: z.string().nullable(),
    report: z.string().nullable(),
    receipts: z.string().nullable(),
    summary: z.string().nullable(),
  }),
  /** Commands to go on with. */
  next: z.array(z.string()),
});

export type RunShow = z.infer<typeof runShowSchema>;
