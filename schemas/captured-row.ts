import { z } from 'zod';
import { ROW_VERSION } from './baseline.ts';
import { CAPTURE_FAILURES, CAPTURED_TOOLS, DEGRADATIONS, SEARCH_DETAILS } from './vocabulary.ts';

const reference = z.union([z.string(), z.number()]).nullable();

/** One search as it was captured: what `lauter eval export` prints, a line each, with these fields and no others in this order. */
export const capturedRowSchema = z
  .strictObject({
    schema_version: z.literal(ROW_VERSION),
    id: z.number().int().min(1).describe('Unique in the workspace; a later row has a higher one.'),
    tool_name: z.enum(CAPTURED_TOOLS),
    query: z.string().describe('Scrubbed, unless eval.scrub_pii is false.'),
    retrieved_slugs: z.array(z.string()).describe('Each once, in the order of their first rank.'),
    retrieved_chunk_ids: z.array(z.number().int()).describe('All of them, in the order of ranks.'),
    source_ids: z.array(z.string()).describe('Each once; none when the results carry none.'),
    expand_enabled: z.boolean().nullable().describe('Null for the keyword strategy, which expands nothing.'),
    detail: z.enum(SEARCH_DETAILS).nullable(),
    detail_resolved: z.enum(SEARCH_DETAILS).nullable(),
    vector_enabled: z.boolean(),
    expansion_applied: z.boolean(),
    latency_ms: z.number().int().min(0),
    remote: z.boolean(),
    job_id: reference,
    subagent_id: reference,
    created_at: z.iso.datetime(),
    embedding_column: z.string().nullable(),
    retrieved_keys: z.array(z.string()).describe('source_id::slug, each once, in the order of their first rank.'),
    retrieved_scores: z.array(z.number()).describe('Best score of each key, in their order.'),
    limit: z.number().int().min(1),
    mode: z.string(),
    knob_hash: z.string(),
    corpus_hash: z.string(),
    generation: z.number().int(),
    cache: z.enum(['hit', 'miss', 'off']),
    degraded: z.array(z.enum(DEGRADATIONS)),
    scrub_counts: z.record(z.string(), z.number().int().min(1)).describe('What was taken out of the query, by class.'),
  })
  .meta({ title: 'Captured row', description: 'One search as it was captured.' });

/** A search that could not be captured. The search itself went on. */
export const captureFailureSchema = z
  .strictObject({ ts: z.iso.datetime(), reason: z.enum(CAPTURE_FAILURES) })
  .meta({ title: 'Capture failure', description: 'A search that could not be captured.' });

/** What `lauter eval prune --json` prints. */
export const pruneReportSchema = z
  .strictObject({
    schema_version: z.literal(1),
    dry_run: z.boolean(),
    cutoff: z.string().describe('Rows captured before this moment go.'),
    count: z.number().int().min(0),
  })
  .meta({ title: 'Prune report', description: 'Captured searches that were removed, or would be.' });

export type CapturedRow = z.infer<typeof capturedRowSchema>;
/** A row before it is stored: the store gives it its id and its moment. */
export type NewCapturedRow = Omit<CapturedRow, 'id' | 'created_at'>;
export type CaptureFailure = z.infer<typeof captureFailureSchema>;
export type PruneReport = z.infer<typeof pruneReportSchema>;
