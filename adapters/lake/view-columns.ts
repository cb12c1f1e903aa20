import { AUDIT_METRICS } from '../../schemas/vocabulary.ts';
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

/** Columns of the view `baselines`: one row for each full audit: what it came to, and the numbers that are tracked. */
export const BASELINE_COLUMNS: DocumentColumns = {
  seq: { type: 'BIGINT' },
  run_id: { type: 'VARCHAR' },
  recorded_at: { type: 'VARCHAR' },
  verdict: { type: 'VARCHAR' },
  failed: { type: 'JSON' },
  ...Object.fromEntries(Object.keys(AUDIT_METRICS).map((name) => [name, { type: 'BIGINT', path: `$.metrics.${name}` }])),
  against: { type: 'BIGINT' },
  severity: { type: 'VARCHAR' },
  code_version: { type: 'VARCHAR' },
  row_hash: { type: 'VARCHAR' },
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
