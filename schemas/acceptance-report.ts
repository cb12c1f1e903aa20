import { z } from 'zod';

const count = z.number().int().nonnegative();

/** One invariant and what came of it. `where` names the first places that speak against it. */
export const invariantResultSchema = z.strictObject({
  number: z.number().int().min(1).max(22),
  name: z.string(),
  passed: z.boolean(),
  expected: z.string(),
  found: z.string(),
  where: z.array(z.string()),
});

/** `acceptance-report/1`: what `lauter distill acceptance --json` prints. */
export const acceptanceReportSchema = z.strictObject({
  schema: z.literal('acceptance-report/1'),
  verdict: z.enum(['accepted', 'refused']),
  passed: count,
  total: count,
  invariants: z.array(invariantResultSchema),
  code_version: z.string(),
  started_at: z.string(),
  duration_ms: count,
  /** What was looked at. */
  fixture: z.strictObject({ sources: count, files: count, records: count, secrets: count }),
  /** Folder that holds the runs, where it was kept. */
  kept: z.string().nullable(),
});

export type AcceptanceReport = z.infer<typeof acceptanceReportSchema>;
export type InvariantResult = z.infer<typeof invariantResultSchema>;
