import { z } from 'zod';
import { reportMetaSchema } from './report-meta.ts';
import { CAPTURED_TOOLS } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const rate = z.number().nullable();
const rank = z.number().int().min(1).nullable();

/**
 * What a replay came to. Means are over the rows that were replayed, null without any; `_strict` counts a row that errored as 0 and leaves out those
 * that were skipped. Milliseconds.
 */
export const replaySummarySchema = z.strictObject({
  rows_total: count,
  rows_replayed: count,
  rows_skipped: count,
  rows_errored: count,
  mean_jaccard: rate,
  top1_stability_rate: rate,
  mean_latency_delta_ms: z.number().nullable(),
  rows_over_2x_latency: count,
  mean_jaccard_strict: rate,
  top1_stability_strict: rate,
  mean_rbo: rate,
  rows_degraded: count,
  p50_latency_ms: z.number().nullable(),
  p95_latency_ms: z.number().nullable(),
  knob_hash: z.string().nullable().describe('Of all searches; where they differ, the hash of their distinct hashes.'),
  corpus_hash: z.string().nullable().describe('Null where no row was replayed or the collection changed meanwhile.'),
});

/** Where a page stood when the row was captured, and where it stands now; null where it is not in the list. */
const rankMovementSchema = z.strictObject({ key: z.string(), captured_rank: rank, current_rank: rank });

/** One row. Jaccard and overlap are null where it was skipped, and 0 where the search threw. */
const replayResultSchema = z.strictObject({
  id: z.union([z.number(), z.string()]).nullable(),
  tool_name: z.enum(CAPTURED_TOOLS),
  query: z.string(),
  jaccard: rate,
  top1Match: z.boolean().nullable(),
  rbo: rate,
  captured_slugs: z.array(z.string()),
  current_slugs: z.array(z.string()),
  current_latency_ms: z.number().nullable(),
  latency_delta_ms: z.number().nullable(),
  identity: z
    .enum(['key', 'slug_only'])
    .describe('What pages were told apart by; slug_only where the row does not say which source each is of.'),
  degraded: z.boolean().optional(),
  skipped: z.boolean().optional(),
  skip_reason: z.string().optional(),
  errored: z.boolean().optional(),
  error_message: z.string().optional(),
  movement: z.array(rankMovementSchema).optional().describe('With --explain.'),
});

/** What `lauter eval replay --json` prints. */
export const replayReportSchema = z
  .strictObject({
    schema_version: z.literal(1),
    summary: replaySummarySchema,
    results: z.array(replayResultSchema).optional(),
    attestation: z
      .enum(['content', 'queries_only', 'broken'])
      .optional()
      .describe('Of a baseline: whether its rows are what was published, nobody can tell, or they are not.'),
    _meta: reportMetaSchema,
  })
  .meta({ title: 'Replay', description: 'How far captured searches answer as they did.' });

export type ReplaySummary = z.infer<typeof replaySummarySchema>;
export type ReplayResult = z.infer<typeof replayResultSchema>;
export type RankMovement = z.infer<typeof rankMovementSchema>;
export type ReplayReport = z.infer<typeof replayReportSchema>;
