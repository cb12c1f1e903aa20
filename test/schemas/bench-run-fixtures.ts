import { benchRunSettings } from '../support/bench-settings.ts';
import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const runId = 'run-20260302T064000Z-0badcafe-quay22';
const model = { id: 'harbor-8b' };

const load = { inference_rss_mb: 900, inference_cpu_pct: 80, load_avg_1m: 1.5, mem_free_mb: 2_000 };
const attemptGates = {
  schema_valid: true,
  schema_errors: [],
  refusal_detected: false,
  refusal_patterns_matched: [],
  trivial_summary: false,
  echo_similarity: 0.1,
  entity_type_sanity: { files: 1, tools: 0.5, projects: 0 },
  call_error: null,
};
const attempt = {
  record_type: 'attempt',
  run_id: runId,
  model,
  event: { event_id: 'shell-quay-7', source: 'shell', content_hash: SHA256 },
  attempt_idx: 0,
  purpose: 'main',
  timestamps: { start_ts_ms: 1_772_433_600_000, ttft_ms: 20, total_ms: 900 },
  raw_output: '{"summary":"The lock gate was closed."}',
  parsed_output: { summary: 'The lock gate was closed.' },
  gates: attemptGates,
  system_snapshot: load,
  timeout: false,
  idempotency_key: SHA256,
  call_error_kind: null,
  http_status: 200,
  finish_reason: 'stop',
  usage: { prompt_tokens: 100, completion_tokens: null },
  stratum: 'base',
  reused: false,
};

const gates = {
  schema_validity_rate: 1,
  refusal_rate: 0,
  echo_similarity_max: 0.2,
  latency_p95_ms: 900,
  self_consistency_mean: 0.9,
  entity_sanity_mean: null,
  latency_p50_ms: 500,
  latency_p99_ms: 950,
  self_consistency_min: -0.1,
  trivial_summary_count: 0,
  call_error_rate: { timeout: 0.1 },
  main_attempts_count: 12,
  sc_attempts_count: 25,
};
const means = { hit_at_1: 0.5, hit_at_3: 0.6, hit_at_5: 0.7, hit_at_10: 0.8, mrr: 0.55, ndcg_at_10: 0.6, scored_count: 10 };
const item = {
  qa_id: 'qa-001',
  golden_event_id: 'shell-quay-7',
  mode: 'hybrid',
  rank: 2,
  mrr: 0.5,
  ndcg_at_10: 0.63,
  hit_at_k: { '1': 0, '3': 1, '5': 1, '10': 1 },
};
const part = { gates, modes: { hybrid: means }, n: 12 };
const judged = {
  mean: 4,
  dimension_means: { accuracy: 4, usefulness: null },
  scored: 1,
  missing: 0,
  per_item: [{ event_id: 'shell-quay-7', scores: { accuracy: 4 }, mean: 4 }],
  reason: null,
};
const card = { digest: 'sha256:harbor-8b', raw_sha256: SHA256, id: 'harbor-8b', quantization: '4bit', context_length: 8_192 };
const summary = {
  record_type: 'model_summary',
  run_id: runId,
  model,
  events_attempted: 12,
  attempts_total: 40,
  gates,
  system_peak: load,
  tier0_verdict: { passed: true, failed_gates: [], skipped_gates: ['entity_sanity_mean'], notes: [] },
  cooldown_timeout: false,
  process_ready_ms: null,
  queue_drain_wall_clock_sec: 3,
  downstream_proxy: { modes: { hybrid: means }, qa_count: 10, k: 10, per_item: [item] },
  prod_brain_restarted_during_bench: false,
  timeout_during_drain: false,
  errors: [{ step: 'call_batch', type: 'TimeoutError', error: 'no answer' }],
  verdict: 'PASS',
  per_source: { shell: { ...part, small: false } },
  adversarial: part,
  judge: judged,
  call_errors: { timeout: 1 },
  queue: { pending: 0, processing: 0, done: 12, failed: 0, skipped: 0 },
  model_card_before: card,
  model_card_after: null,
  repeated_calls: 1,
  bt29_state: 'BT-29 deferred',
};

const manifest = {
  record_type: 'run_manifest',
  schema: 'lauter.run/1',
  run_id: runId,
  started_at_iso: TIME,
  finished_at_iso: null,
  bench_version: '0.1.0',
  host: { hostname: 'harbour', os: 'linux', arch: 'arm64', cpu_brand: null, total_mem_gb: 24 },
  preflight_checks: [{ check: 'disk_free', status: 'pass', detail: '' }],
  candidate_models: ['harbor-8b'],
  corpus_version: 'corpus-v1',
  corpus_content_hash: SHA256,
  corpus_schema_version: 1,
  eval_qa_version: 'eval-qa-v1',
  embedding_model: 'embed-small',
  gate_thresholds: { refusal_max: 0 },
  self_consistency_spec: { events: 5, runs_per_event: 5, temperature: 0.7, seed: 11 },
  inference_backend_version: null,
  host_baseline: { load_avg_1m_at_start: 0.4, load_avg_5m_at_start: null },
  prod_state_at_start: { brain_pid: 4000, brain_paused: false, daemon_pid: null, daemon_running: null },
  sweep_id: 'sweep-1',
  sweep_index: 1,
  overlay_hash: null,
  qa_content_hash: SHA256,
  qa_total: 12,
  qa_scoreable: 10,
  qa_filtered_count: 2,
  prompt_hash: SHA256,
  tuning: { mode: 'hybrid', k: 10 },
  tuning_hash: SHA256,
  comparability_key: SHA256,
  temperature: 0.7,
  top_p: null,
  max_tokens: null,
  sampling_seed_mode: 'none',
  seeds: { corpus: 42, warmup: 7, self_consistency: 11, judge: 13, bootstrap: 42 },
  inference_url: 'http://127.0.0.1:8000/v1',
  judge: { model: 'judge-70b', prompt_hash: SHA256, sample_size: 20, dimensions: ['accuracy'] },
  git_commit: null,
  git_dirty: null,
  lease: { token: 7, deadline_iso: TIME },
  slot_token: 3,
};
const end = {
  record_type: 'run_end',
  run_id: runId,
  finished_at_iso: TIME,
  models_completed: ['harbor-8b'],
  models_errored: [],
  reason: null,
  prod_brain_resumed_ok: true,
  models_with_prod_restart_event: [],
  interruptions: [{ at_iso: TIME, kind: 'resumed' }],
  paused_seconds: 90.5,
  exit_code: 0,
};

const wrongEnds = { 'a reason nobody knows': { reason: 'fog' }, 'a code nobody knows': { exit_code: 3 } };
const wrongManifests = {
  'an id of another form': { run_id: 'run-1' },
  'another version': { schema: 'lauter.run/2' },
  'a check that says maybe': { preflight_checks: [{ check: 'disk_free', status: 'maybe', detail: '' }] },
  'a run before the first': { sweep_index: 0 },
  'a hash that is none': { prompt_hash: 'v1' },
};

/** What a run of a bench is started with, and the lines of its file. */
export const BENCH_RUN_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  benchSettingsSchema: fixtureOf(
    {
      base_url: 'http://127.0.0.1:8000/v1',
      api_key_env: 'HARBOR_KEY',
      allowed_hosts: ['gpu.harbour.example'],
      production_url: 'http://127.0.0.1:8787',
      embedding_model: 'embed-small',
      judge_model: 'judge-70b',
      judge_url: 'http://127.0.0.1:8001/v1',
      judge_api_key_env: 'JUDGE_KEY',
    },
    {
      'a URL with a password': { base_url: 'http://mate:secret@127.0.0.1/v1' },
      'a URL of another kind': { production_url: 'ftp://127.0.0.1' },
      'a key where its name belongs': { api_key_env: 'sk-harbor' },
      'a model without a name': { judge_model: '' },
    },
    {
      optional: [
        ...[
          'base_url',
          'api_key_env',
          'allowed_hosts',
          'production_url',
          'embedding_model',
          'judge_model',
          'judge_url',
          'judge_api_key_env',
        ],
      ],
    },
  ),
  benchRunSettingsSchema: fixtureOf(
    benchRunSettings(),
    {
      'a mode nobody knows': { mode: 'guess' },
      'a temperature below zero': { temperature: -0.1 },
      'a lease without a life': { ttl_s: 0 },
      'a share above 1': { max_failed_share: 1.1 },
      'a seed of more than 32 bits': { seeds: { ...benchRunSettings().seeds, judge: 2 ** 32 } },
      'half a call': { warmup_calls: 0.5 },
    },
    { accepts: [{ qa: null, production_url: null, embedding_model: null, judge: null, dry_run: true, top_p: 0.9, max_tokens: 512 }] },
  ),
  benchRunIdSchema: {
    accepts: [runId],
    rejects: { 'letters that base32 lacks': 'run-20260302T064000Z-0badcafe-quay01', 'a sweep': 'sweep-20260302T064000Z-0badcafe-quay22' },
  },
  systemLoadSchema: fixtureOf(load, { 'less than none': { mem_free_mb: -1 } }, { accepts: [{ inference_rss_mb: null }] }),
  attemptGatesSchema: fixtureOf(
    attemptGates,
    { 'a similarity above 1': { echo_similarity: 1.1 }, 'a category nobody knows': { entity_type_sanity: { ships: 1 } } },
    {
      accepts: [
        {
          refusal_detected: null,
          trivial_summary: null,
          echo_similarity: null,
          entity_type_sanity: {},
          schema_valid: false,
          call_error: 'timeout',
        },
      ],
    },
  ),
  benchAttemptSchema: fixtureOf(
    attempt,
    {
      'a purpose nobody knows': { purpose: 'leisure' },
      'a key that is no hash': { idempotency_key: 'shell-quay-7' },
      'a kind of failure nobody knows': { call_error_kind: 'fog' },
      'a list for an answer': { parsed_output: [] },
    },
    {
      accepts: [
        { raw_output: null, parsed_output: null, system_snapshot: {}, timeout: true, call_error_kind: 'timeout', http_status: null },
        { purpose: 'judge', stratum: 'adversarial', usage: null, finish_reason: null, reused: true },
      ],
    },
  ),
  benchGatesSchema: fixtureOf(gates, {
    'a share above 1': { refusal_rate: 1.5 },
    'a kind nobody knows': { call_error_rate: { fog: 0.1 } },
  }),
  retrievalMeansSchema: fixtureOf(
    means,
    { 'a mean above 1': { mrr: 1.7 } },
    { accepts: [{ hit_at_1: null, hit_at_3: null, hit_at_5: null, hit_at_10: null, mrr: null, ndcg_at_10: null, scored_count: 0 }] },
  ),
  retrievalItemSchema: fixtureOf(
    item,
    { 'a rank before the first': { rank: 0 }, 'half a hit': { hit_at_k: { '1': 0.5, '3': 1, '5': 1, '10': 1 } } },
    { accepts: [{ rank: null, golden_event_id: null }] },
  ),
  benchPartSchema: fixtureOf(part, { 'a mode nobody knows': { modes: { guess: means } } }, { accepts: [{ gates: {}, modes: {} }] }),
  benchSourcePartSchema: fixtureOf({ ...part, small: true }, { 'a word for a mark': { small: 'yes' } }),
  judgeResultSchema: fixtureOf(
    judged,
    { 'a mean above the scale': { mean: 5.1 }, 'a dimension nobody knows': { dimension_means: { charm: 4 } } },
    { accepts: [{ mean: null, reason: 'judge_canary' }] },
  ),
  modelCardSchema: fixtureOf(
    card,
    { 'a hash that is none': { raw_sha256: 'card' }, 'no context': { context_length: 0 } },
    { accepts: [{ digest: null, quantization: null, context_length: null }] },
  ),
  modelSummarySchema: fixtureOf(
    summary,
    { 'a verdict nobody knows': { verdict: 'MAYBE' }, 'no word about BT-29': { bt29_state: '' } },
    { accepts: [{ gates: {}, system_peak: {}, downstream_proxy: {}, adversarial: {}, judge: null, queue: null, verdict: 'INCONCLUSIVE' }] },
  ),
  runManifestSchema: fixtureOf(manifest, wrongManifests, { accepts: [{ lease: null, judge: null, qa_total: null, sweep_id: null }] }),
  runEndSchema: fixtureOf(end, wrongEnds, { accepts: [{ reason: 'cancelled', exit_code: 130, prod_brain_resumed_ok: null }] }),
  runFileRecordSchema: {
    accepts: [manifest, attempt, summary, end],
    rejects: { 'a record nobody knows': { ...end, record_type: 'run_middle' }, 'an end without a code': { ...end, exit_code: null } },
  },
};
