import { z } from 'zod';
import { provenanceSchema, locatorSchema } from './evidence.ts';
import { QUARANTINE_PLACES } from './quarantine-listing.ts';
import { scoreReasonSchema } from './scored-run.ts';
import { ADAPTERS, CATEGORIES, EXPORT_SETS, QUARANTINE_REASONS, SPLITS, type QuarantineReason } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** The links of a chain, from the export back to the source. */
export const TRACE_LINKS = [
  'latest_export',
  'export_file',
  'export_row',
  'scored_shard',
  'scored_row',
  'evidence_shard',
  'evidence_row',
  'source_file',
  'source_record',
  'evidence_id',
] as const;
export type TraceLinkName = (typeof TRACE_LINKS)[number];

/** `unprovable`: what it would be held against is gone. */
export const TRACE_STATES = ['holds', 'broken', 'unprovable'] as const;
export type TraceState = (typeof TRACE_STATES)[number];

/** What a record is to the row that was asked for: the row itself, or a side of a pair. */
export const TRACE_ROLES = ['record', 'chosen', 'rejected'] as const;

const traceLinkSchema = z.strictObject({
  link: z.enum(TRACE_LINKS),
  state: z.enum(TRACE_STATES),
  /** Record or row that it is about. */
  of: z.string(),
  /** File that it is about. */
  path: z.string(),
  expected: z.string(),
  found: z.string(),
  /** What to do; empty where it holds. */
  remedy: z.string(),
});

/** A row of an exported set. `line` is 1-based, as editors count. */
const exportedRowSchema = z.strictObject({
  set: z.enum(EXPORT_SETS),
  id: z.string(),
  role: z.enum(TRACE_ROLES),
  file: z.string(),
  line: z.number().int().positive(),
  split: z.enum(SPLITS).nullable(),
});

/** Why a record did not enter a set. */
const leftOutSchema = z.strictObject({
  set: z.enum(QUARANTINE_PLACES),
  reason: z.enum(Object.keys(QUARANTINE_REASONS) as [QuarantineReason, ...QuarantineReason[]]),
  detail: z.string(),
  file: z.string(),
  line: z.number().int().positive(),
});

const tracedScoreSchema = z.strictObject({
  category: z.enum(CATEGORIES),
  rule: z.string(),
  reasons: z.array(scoreReasonSchema),
  scorer_version: z.string(),
  shard_file: z.string(),
});

/** The source row in its redacted form. */
const sourceRowSchema = z.strictObject({
  /** Where the text comes from: read again from the source, or, where that cannot be had, as the evidence keeps it. */
  from: z.enum(['source', 'evidence']),
  /** Canonical JSON, every secret and personal datum replaced. */
  text: z.string(),
  /** True when only the beginning of it is shown. */
  is_cut: z.boolean(),
});

const tracedRecordSchema = z.strictObject({
  role: z.enum(TRACE_ROLES),
  evidence_id: z.string(),
  source: z.string(),
  adapter: z.enum(ADAPTERS),
  task: z.strictObject({ key: z.string(), text: z.string() }),
  shard_file: z.string(),
  provenance: provenanceSchema,
  /** 1-based line at which the record begins, as editors count; `provenance.line_offset` is the same counted from 0. */
  source_line: z.number().int().positive(),
  /** Null when there is no scored row. */
  scored: tracedScoreSchema.nullable(),
  exports: z.array(exportedRowSchema),
  left_out: z.array(leftOutSchema),
  source_row: sourceRowSchema,
});

/** `trace/1`: what `lauter trace ID --json` prints. */
export const traceSchema = z.strictObject({
  schema: z.literal('trace/1'),
  /** As it was asked, and what it turned out to be. */
  asked: z.string(),
  kind: z.enum(['record', 'pair']),
  id: z.string(),
  run_id: z.string(),
  /** Run that `exports/latest` names; null when no run was accepted yet. */
  latest_run_id: z.string().nullable(),
  verdict: z.enum(TRACE_STATES),
  /** The first link that does not hold, from the export back to the source; null when all do. */
  first: traceLinkSchema.nullable(),
  links: z.array(traceLinkSchema),
  /** The record; of a pair the chosen one, then the rejected one. */
  records: z.array(tracedRecordSchema),
});

/** `trace-reverse/1`: what `lauter trace --reverse FILE:LINE --json` prints. */
export const traceReverseSchema = z.strictObject({
  schema: z.literal('trace-reverse/1'),
  asked: z.string(),
  run_id: z.string(),
  source_file: z.string(),
  /** 1-based, as editors count and as it was asked; null when a pointer was given. */
  line: z.number().int().positive().nullable(),
  /** The same counted from 0, as it stands in locators. */
  line_offset: count.nullable(),
  pointer: z.string().nullable(),
  member: z.string().nullable(),
  /** Records that stand there or reach over it. */
  records: z.array(
    z.strictObject({
      evidence_id: z.string(),
      locator: locatorSchema,
      line_offset: count,
      task_key: z.string(),
      category: z.enum(CATEGORIES).nullable(),
      rule: z.string().nullable(),
      exports: z.array(exportedRowSchema),
      left_out: z.array(leftOutSchema),
    }),
  ),
  /** What never became a record of its own: unreadable, or read before (then with the id of the one that stayed). */
  refused: z.array(
    z.strictObject({ evidence_id: z.string().nullable(), locator: locatorSchema, line_offset: count, ...leftOutSchema.shape }),
  ),
  /** What was looked at, in a sentence: how the line was matched. */
  matched: z.string(),
});

/** What a trace reads of the list of files that `export` leaves for each set. */
export const writtenFilesSchema = z.object({ files: z.array(z.object({ name: z.string(), sha256: z.string() })) });

export type Trace = z.infer<typeof traceSchema>;
export type TraceLink = z.infer<typeof traceLinkSchema>;
export type TracedRecord = z.infer<typeof tracedRecordSchema>;
export type ExportedRow = z.infer<typeof exportedRowSchema>;
export type LeftOut = z.infer<typeof leftOutSchema>;
export type SourceRow = z.infer<typeof sourceRowSchema>;
export type TraceReverse = z.infer<typeof traceReverseSchema>;
