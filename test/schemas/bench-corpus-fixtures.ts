import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const content = { event_id: 'shell-7', source: 'shell', redacted_content: '{"command":"open dome"}', content_sha256: SHA256 };
const wrongContent = {
  'an id that would tear a line of the hash': { event_id: 'shell\n7' },
  'an empty source': { source: '' },
  'a hash that is none': { content_sha256: 'abc' },
};
const manifest = {
  schema: 'bench-corpus/1',
  corpus_version: 'nights',
  schema_version: 1,
  generated_at_iso: TIME,
  now_iso: TIME,
  seed: 42,
  source_counts: { shell: 12 },
  bucket_spec: { days: 90, buckets: 9, window_start_ms: 0, window_end_ms: 7_776_000_000 },
  event_count: 12,
  corpus_content_hash: SHA256,
  overlay_hash: null,
  jsonl_content_hash: SHA256,
  parquet_row_count: 12,
  source_identity: { kind: 'jsonl', sha256: SHA256 },
  filter_spec: { floors: { shell: 12 } },
  redaction_version: 1,
  redaction_counts: {},
  dropped_counts: { probe: 1 },
  file_hashes: { 'corpus.parquet': SHA256, 'overlay.jsonl': SHA256 },
  manifest_digest: SHA256,
};
const wrongManifest = {
  'another version': { schema_version: 2 },
  'half an event': { event_count: 0.5 },
  'a window without days': { bucket_spec: { ...manifest.bucket_spec, days: 0 } },
  'a time that is none': { now_iso: 'tonight' },
  'an overlay hash that is none': { overlay_hash: '' },
};
const mismatch = { check: 'row_hash', file: 'corpus.jsonl', line: 1, event_id: 'shell-7', expected: SHA256, found: SHA256 };
const built = {
  schema: 'bench-corpus-init/1',
  corpus_version: 'nights',
  path: 'lake/bench/corpora/nights',
  event_count: 12,
  corpus_content_hash: SHA256,
  source_counts: { shell: 12 },
  dropped_counts: {},
  redaction_counts: { jwt: 2 },
  warnings: [],
};
const verified = {
  schema: 'bench-corpus-verification/1',
  corpus_version: 'nights',
  ok: false,
  is_foreign: false,
  corpus_content_hash: null,
  event_count: 12,
  overlay_count: 0,
  mismatches: [mismatch],
};
const edited = {
  schema: 'bench-overlay-edit/1',
  corpus_version: 'nights',
  action: 'added',
  event_id: 'shell-7',
  overlay_count: 1,
  overlay_hash: SHA256,
};
const foreign = {
  corpus_version: 'corpus-v2',
  corpus_content_hash: 'a label',
  schema_version: 12,
  corpus_schema_version: '12',
  event_count: 3,
  jsonl_content_hash: SHA256,
  source_counts: { shell: 3 },
};

/** Fixtures of corpora, by the name of their schema. */
export const BENCH_CORPUS_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  corpusRowSchema: fixtureOf(
    { ...content, bucket_index: 0, sampled_at_iso: TIME },
    { ...wrongContent, 'a bucket before the first': { bucket_index: -1 } },
  ),
  overlayRowSchema: fixtureOf(
    { ...content, reason: 'quotes an apology', added_at_iso: TIME },
    { ...wrongContent, 'no reason': { reason: '' } },
  ),
  corpusManifestSchema: fixtureOf(manifest, wrongManifest, { optional: ['schema', 'file_hashes', 'manifest_digest'] }),
  foreignCorpusRowSchema: fixtureOf(content, wrongContent, { isOpen: true }),
  foreignCorpusManifestSchema: fixtureOf(
    foreign,
    { 'an empty label': { corpus_content_hash: '' } },
    { isOpen: true, optional: ['schema_version', 'corpus_schema_version', 'event_count', 'jsonl_content_hash', 'source_counts'] },
  ),
  corpusInitSchema: fixtureOf(built, { 'another schema': { schema: 'bench-corpus/1' } }),
  corpusMismatchSchema: fixtureOf(mismatch, { 'a line before the first': { line: 0 }, 'a check that nobody makes': { check: 'mood' } }),
  corpusVerificationSchema: fixtureOf(verified, { 'a mismatch that is none': { mismatches: [{}] } }),
  overlayEditSchema: fixtureOf(edited, { 'something else that was done': { action: 'changed' } }),
};
