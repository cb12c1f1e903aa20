import type { CapturedRow } from '../../schemas/captured-row.ts';

/** What a row shows outside: these fields and no others, `schema_version` first. A record makes the compiler ask for every one. */
const FIELDS: Readonly<Record<keyof CapturedRow, true>> = {
  schema_version: true,
  id: true,
  tool_name: true,
  query: true,
  retrieved_slugs: true,
  retrieved_chunk_ids: true,
  source_ids: true,
  expand_enabled: true,
  detail: true,
  detail_resolved: true,
  vector_enabled: true,
  expansion_applied: true,
  latency_ms: true,
  remote: true,
  job_id: true,
  subagent_id: true,
  created_at: true,
  embedding_column: true,
  retrieved_keys: true,
  retrieved_scores: true,
  limit: true,
  mode: true,
  knob_hash: true,
  corpus_hash: true,
  generation: true,
  cache: true,
  degraded: true,
  scrub_counts: true,
};

const NAMES = Object.keys(FIELDS) as (keyof CapturedRow)[];

/** The row with its public fields alone, in their order. */
export function exportedRow(row: CapturedRow): CapturedRow {
  return Object.fromEntries(NAMES.map((name) => [name, row[name]])) as unknown as CapturedRow;
}
