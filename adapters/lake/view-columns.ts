import type { ColumnTypes, DocumentColumns } from './json-view.ts';

/** Columns of the view `sources`. */
export const SOURCE_COLUMNS: ColumnTypes = {
  run_id: 'VARCHAR',
  name: 'VARCHAR',
  adapter: 'VARCHAR',
  files: 'BIGINT',
  bytes: 'BIGINT',
  records: 'BIGINT',
  evidence: 'BIGINT',
  quarantined: 'BIGINT',
};

/** Columns of the view `receipts`: one row for each stage of each run. */
export const RECEIPT_COLUMNS: DocumentColumns = {
  run_id: { type: 'VARCHAR' },
  stage: { type: 'VARCHAR' },
  started_at: { type: 'VARCHAR' },
  ended_at: { type: 'VARCHAR' },
  rows_in: { type: 'BIGINT', path: '$.counts.in' },
  rows_out: { type: 'BIGINT', path: '$.counts.out' },
  quarantined: { type: 'JSON', path: '$.counts.quarantined' },
  categories: { type: 'JSON', path: '$.counts.categories' },
  shards: { type: 'BIGINT', path: '$.counts.shards' },
  shards_reused: { type: 'BIGINT', path: '$.counts.shards_reused' },
  passed: { type: 'BOOLEAN', path: '$.validation.passed' },
  failures: { type: 'JSON', path: '$.validation.failures' },
  inputs: { type: 'JSON' },
  outputs: { type: 'JSON' },
  code_version: { type: 'VARCHAR' },
  versions: { type: 'JSON' },
  config_digest: { type: 'VARCHAR' },
  digest: { type: 'VARCHAR' },
  previous: { type: 'VARCHAR' },
};

const BASELINE_METRICS = [
  'p2_evidence_rows',
  'p2_quarantined',
  'p3_accepted',
  'p3_partially_accepted',
  'p3_rejected',
  'p3_needs_human_review',
  'p4_rag_rows',
  'p4_sft_rows',
  'p4_preference_pairs',
  'p4_total_quarantined',
] as const;

/** Columns of the view `baselines`: one row for each full audit, with the numbers that are tracked. */
export const BASELINE_COLUMNS: DocumentColumns = {
  run_id: { type: 'VARCHAR' },
  recorded_at: { type: 'VARCHAR' },
  ...Object.fromEntries(BASELINE_METRICS.map((name) => [name, { type: 'BIGINT', path: `$.metrics.${name}` }])),
  row: { type: 'JSON', path: '$' },
};

/** Columns of the view `replays`: one row for each replayed task. */
export const REPLAY_COLUMNS: DocumentColumns = {
  run_id: { type: 'VARCHAR' },
  recorded_at: { type: 'VARCHAR' },
  task: { type: 'VARCHAR' },
  task_hash: { type: 'VARCHAR' },
  retrieved: { type: 'JSON' },
  bundle_digest: { type: 'VARCHAR' },
  answer: { type: 'VARCHAR' },
  gate_passed: { type: 'BOOLEAN', path: '$.gate.passed' },
  gate_reasons: { type: 'JSON', path: '$.gate.reasons' },
  grounding: { type: 'JSON' },
  model: { type: 'VARCHAR' },
  escalated: { type: 'BOOLEAN' },
  generation: { type: 'BIGINT' },
  row: { type: 'JSON', path: '$' },
};
