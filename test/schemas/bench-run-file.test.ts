import { expect, test } from 'vitest';
import { runFileRecordSchema, type RunEnd, type RunManifest } from '../../schemas/bench-run-file.ts';

const HASH = 'a'.repeat(64);

const manifest: RunManifest = {
  record_type: 'run_manifest',
  schema: 'lauter.run/1',
  run_id: 'run-20250302T064000Z-1a2b3c4d-abcdef',
  started_at_iso: '2025-03-02T06:40:00Z',
  finished_at_iso: null,
  bench_version: '0.1.0',
  host: { hostname: 'lighthouse', os: 'linux', arch: 'arm64', cpu_brand: null, total_mem_gb: 24 },
  preflight_checks: [{ check: 'disk_free', status: 'pass', detail: '40 GB' }],
  candidate_models: ['tern-7b'],
  corpus_version: 'corpus-v2',
  corpus_content_hash: HASH,
  corpus_schema_version: 1,
  eval_qa_version: 'keeper-questions-v1',
  embedding_model: 'shell-embed-small',
  gate_thresholds: { schema_validity_min: 0.95 },
  self_consistency_spec: { events: 5, runs_per_event: 5, temperature: 0.7, seed: 7 },
  inference_backend_version: null,
  host_baseline: { load_avg_1m_at_start: 0.4, load_avg_5m_at_start: null },
  prod_state_at_start: { brain_pid: 41, brain_paused: false, daemon_pid: null, daemon_running: null },
  sweep_id: null,
  sweep_index: null,
  overlay_hash: null,
  qa_content_hash: HASH,
  qa_total: 120,
  qa_scoreable: 100,
  qa_filtered_count: 20,
  prompt_hash: HASH,
  tuning: { mode: 'hybrid', k: 10 },
  tuning_hash: HASH,
  comparability_key: HASH,
  temperature: 0.7,
  top_p: null,
  max_tokens: null,
  sampling_seed_mode: 'none',
  seeds: { corpus: 42, warmup: 1, self_consistency: 2, judge: 3, bootstrap: 42 },
  inference_url: 'http://127.0.0.1:8000/v1',
  judge: null,
  git_commit: null,
  git_dirty: null,
  lease: null,
  slot_token: null,
};

const end: RunEnd = {
  record_type: 'run_end',
  run_id: manifest.run_id,
  finished_at_iso: '2025-03-02T07:10:00Z',
  models_completed: ['tern-7b'],
  models_errored: [],
  reason: null,
  prod_brain_resumed_ok: true,
  models_with_prod_restart_event: [],
  interruptions: [],
  paused_seconds: 1800,
  exit_code: 0,
};

test('a manifest and an end are what they say they are', () => {
  expect(runFileRecordSchema.parse(manifest)).toEqual(manifest);
  expect(runFileRecordSchema.parse(end)).toEqual(end);
});

test.each([
  [{ ...manifest, temperature: undefined }],
  [{ ...manifest, weather: 'fog' }],
  [{ ...manifest, run_id: 'run-1' }],
  [{ ...manifest, temperature: Number.NaN }],
  [{ ...end, reason: 'tired' }],
  [{ ...end, record_type: 'tide_table' }],
])('what Lauter writes is complete and known: %j is refused', (record) => {
  expect(runFileRecordSchema.safeParse(record).success).toBe(false);
});
