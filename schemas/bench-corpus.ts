import { z } from 'zod';

const count = z.number().int().nonnegative();
const counts = z.record(z.string(), count);
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');
/** Stands in a line of the logical hash, so it holds no control characters, tab and line feed among them. */
const plainId = z.string().regex(/^[^\u0000-\u001f\u007f]{1,512}$/, 'expected 1 to 512 characters, none of them a control character');

/** A row of `corpus.jsonl`. `content_sha256` is of the source, one NUL byte and the content. */
export const corpusRowSchema = z.strictObject({
  event_id: plainId,
  source: plainId,
  /** Canonical JSON of one object. */
  redacted_content: z.string(),
  content_sha256: sha256Hex,
  bucket_index: count,
  sampled_at_iso: z.string().min(1),
});

/** A row of `overlay.jsonl`: an event that takes part in every run, but in no headline number. */
export const overlayRowSchema = z.strictObject({
  event_id: plainId,
  source: plainId,
  reason: z.string().min(1),
  redacted_content: z.string(),
  content_sha256: sha256Hex,
  added_at_iso: z.string().min(1),
});

/** `bench-corpus/1`: the manifest, which makes a corpus exist. */
export const corpusManifestSchema = z.strictObject({
  /** A manifest that was written by hand may lack it, as it may lack the last two fields. */
  schema: z.literal('bench-corpus/1').default('bench-corpus/1'),
  corpus_version: z.string().min(1),
  schema_version: z.literal(1),
  generated_at_iso: z.iso.datetime({ offset: true }),
  now_iso: z.iso.datetime({ offset: true }),
  seed: z.number().int(),
  source_counts: counts,
  bucket_spec: z.strictObject({
    days: z.number().int().positive(),
    buckets: z.number().int().positive(),
    window_start_ms: z.number().int(),
    window_end_ms: z.number().int(),
  }),
  event_count: count,
  /** The logical hash: of ids and contents, whatever files they stand in. */
  corpus_content_hash: sha256Hex,
  /** Null for an empty overlay. */
  overlay_hash: sha256Hex.nullable(),
  /** Of the bytes of `corpus.jsonl`. */
  jsonl_content_hash: sha256Hex,
  parquet_row_count: count,
  /** What the events were read from (jsonl, parquet, evidence), and the sha256 of it. */
  source_identity: z.strictObject({ kind: z.string().min(1), sha256: sha256Hex }),
  /** Rows asked for by source (`floors`), and the numbers and words of the rules of eligibility. */
  filter_spec: z.record(z.string(), z.json()),
  redaction_version: z.number().int().positive(),
  redaction_counts: counts,
  dropped_counts: counts,
  /** Of the bytes of the other files, so that a change that no row shows is found too. */
  file_hashes: z.strictObject({ 'corpus.parquet': sha256Hex, 'overlay.jsonl': sha256Hex }).nullable().default(null),
  /** sha256 of the canonical JSON of all the rest of the manifest. */
  manifest_digest: sha256Hex.nullable().default(null),
});

/** A row of a corpus that another program of the hippo-bench family made: what every reader needs of it. */
export const foreignCorpusRowSchema = corpusRowSchema
  .pick({ event_id: true, source: true, redacted_content: true, content_sha256: true })
  .loose();

/** The manifest of a corpus that another program of the hippo-bench family made. Its content hash is a label, and its other fields are its own. */
export const foreignCorpusManifestSchema = z.looseObject({
  corpus_version: z.string().min(1),
  corpus_content_hash: z.string().min(1),
  schema_version: z.union([z.string().min(1), z.number().int()]).optional(),
  corpus_schema_version: z.union([z.string().min(1), z.number().int()]).optional(),
  event_count: count.optional(),
  jsonl_content_hash: z.string().optional(),
  source_counts: counts.optional(),
});

export type CorpusRow = z.infer<typeof corpusRowSchema>;
export type OverlayRow = z.infer<typeof overlayRowSchema>;
export type CorpusManifest = z.infer<typeof corpusManifestSchema>;
export type ForeignCorpusManifest = z.infer<typeof foreignCorpusManifestSchema>;
export type BucketSpec = CorpusManifest['bucket_spec'];
