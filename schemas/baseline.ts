import { z } from 'zod';
import { CAPTURED_TOOLS, SEARCH_DETAILS } from './vocabulary.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');
const rate = z.number().min(0).max(1);
const texts = z.array(z.string());

/** Format of captured rows and baselines; files of other systems carry it under this name. */
export const ROW_VERSION = 1;

/**
 * What replay and publish need of a captured row. Rows written by hand have `schema_version`, `tool_name`, `query`, `retrieved_slugs` and `latency_ms`
 * at least; fields that are not named here are kept as they are.
 */
export const replayRowSchema = z
  .looseObject({
    schema_version: z.literal(ROW_VERSION),
    id: z.union([z.number(), z.string()]).nullish(),
    tool_name: z.enum(CAPTURED_TOOLS),
    query: z.string(),
    retrieved_slugs: texts,
    retrieved_keys: texts.nullish(),
    source_ids: texts.nullish(),
    latency_ms: z.number(),
    limit: z.number().int().min(1).nullish(),
    detail: z.enum(SEARCH_DETAILS).nullish(),
    expand_enabled: z.boolean().nullish(),
    vector_enabled: z.boolean().nullish(),
    embedding_column: z.string().nullish(),
    knob_hash: z.string().nullish(),
    corpus_hash: z.string().nullish(),
    synthetic: z.boolean().nullish(),
  })
  .meta({ title: 'Captured row', description: 'A search as it was captured, as far as replay and publish read it.' });

/** A row of a published baseline. */
export const baselineRowSchema = replayRowSchema
  .extend({ query_hash: z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hexadecimal digits') })
  .meta({ title: 'Baseline row', description: 'A captured row in a published baseline.' });

/** Thresholds that a baseline carries; what is left out is decided by the command line or built in. */
const carriedThresholdsSchema = z.looseObject({
  jaccard: rate.nullish(),
  top1: rate.nullish(),
  latency_multiplier: z.number().positive().nullish(),
});

/** First line of a published baseline. Without `content_hash`, as in files of other systems, only the queries are attested. */
export const baselineHeaderSchema = z
  .looseObject({
    schema_version: z.literal(ROW_VERSION),
    _kind: z.literal('baseline_metadata'),
    label: z.string(),
    published_at: z.string(),
    source_hash: hash,
    thresholds: carriedThresholdsSchema.nullish(),
    row_count: z.number().int().min(0),
    baseline_mean_latency_ms: z.number().nullish(),
    content_hash: hash.nullish(),
    corpus_hash: z.string().nullish(),
    knob_hash: z.string().nullish(),
    embedder: z.string().nullish(),
    lauter_version: z.string().nullish(),
    synthetic: z.boolean().nullish(),
  })
  .meta({ title: 'Baseline header', description: 'What a published baseline says of itself.' });

export type ReplayRow = z.infer<typeof replayRowSchema>;
export type BaselineRow = z.infer<typeof baselineRowSchema>;
export type BaselineHeader = z.infer<typeof baselineHeaderSchema>;
