import { footerOf } from '../support/report-meta.ts';
import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const entry = { id: SHA256, title: 'Opening the lock', content: 'Ring the bell, then verify the level.', generation: 0 };
const bundle = { exemplars: [entry], warnings: [], validation_steps: ['verify the level.'] };
const gate = { passed: true, reasons: [] };
const trimmed = { window_tokens: 4096, dropped: [SHA256], steps_dropped: 1, cut: null };
const model = {
  base_url: 'http://127.0.0.1:8000/v1',
  model: 'keeper-7b',
  api_key_env: 'KEEPER_KEY',
  window_tokens: 4096,
  max_tokens: 512,
  timeout_s: 60,
};
const queued = {
  schema: 'replay-queue/1',
  run_id: 'queue-1',
  started_at: TIME,
  finished_at: TIME,
  verdict: 'refused',
  model: 'keeper-7b',
  counts: { tasks: 2, passed: 1, refused: 1, unanswered: 0, skipped_budget: 0, escalated: 0 },
  estimated_usd: 0.02,
  cost_usd: 0.01,
  tasks: [{ id: 'north-lock', state: 'refused', reasons: ['too_short'], replay_id: 'queue-1-1' }],
};
const grounding = { text: 'lock-house/bell.md', kind: 'path', grounded: true };

const run = {
  schema: 'replay_run/1',
  run_id: 'replay-1',
  recorded_at: TIME,
  origin: 'replay',
  generation: 1,
  task: 'How do I open the lock at dawn?',
  task_hash: SHA256,
  retriever: 'jaccard',
  retrieved: [{ id: SHA256, score: 0.5 }],
  bundle,
  bundle_digest: SHA256,
  corpus: { run_id: 'run-1', rows: 446, sha256: SHA256 },
  trimmed,
  model: 'keeper-7b',
  escalation_path: [{ model: 'keeper-7b', gate, request_digest: SHA256, failure: 'it hung' }],
  escalated: false,
  answer: 'Ring the bell as lock-house/bell.md says.',
  gate,
  grounding_mode: 'fail',
  grounding: [grounding],
  usage: { prompt_tokens: 180 },
  durations_ms: { retrieval: 12, model: 2100, gate: 1, total: 2113 },
};

/** What replay writes of each of its runs. */
export const REPLAY_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  bundleEntrySchema: fixtureOf(entry, { 'a negative generation': { generation: -1 } }),
  replayBundleSchema: fixtureOf(bundle, { 'a step that is no text': { validation_steps: [7] } }),
  replayGateSchema: fixtureOf(gate, { 'a word for a truth': { passed: 'yes' } }),
  trimmedBundleSchema: fixtureOf(trimmed, { 'a window of nothing': { window_tokens: 0 } }, { accepts: [{ cut: SHA256 }] }),
  replayQueueReportSchema: fixtureOf(
    queued,
    {
      'a fourth verdict': { verdict: 'perhaps' },
      'half a task': { counts: { ...queued.counts, passed: 0.5 } },
      'a negative cost': { cost_usd: -1 },
    },
    { accepts: [{ tasks: [{ id: 'lamp', state: 'skipped_budget', reasons: [], replay_id: null }] }] },
  ),
  replayCompactionSchema: fixtureOf(
    {
      schema: 'replay-compaction/1',
      state: 'refused',
      log_bytes: 70_000_000,
      max_bytes: 67_108_864,
      archives: [
        { file: 'ledger/replay_runs/000000000000-000000009000-1a2b3c4d5e6f.parquet', runs: 3, rows: 2, bytes: 4000, log_bytes: 9000 },
      ],
      unreadable_lines: 1,
      unreadable: [{ line: 7, why: 'no JSON object' }],
      torn_bytes: 0,
    },
    { 'a fourth state': { state: 'perhaps' }, 'a line before the first': { unreadable: [{ line: 0, why: 'no JSON object' }] } },
    { accepts: [{ state: 'nothing_to_do', archives: [], unreadable_lines: 0, unreadable: [] }] },
  ),
  replayModelSchema: fixtureOf(
    model,
    { 'an address that is none': { base_url: 'keeper' }, 'no room for a question': { window_tokens: 100 } },
    { optional: ['api_key_env', 'window_tokens', 'max_tokens', 'timeout_s'] },
  ),
  replaySettingsSchema: fixtureOf(
    {
      top_k: 8,
      model: 'keeper-7b',
      escalate_to: 'keeper-70b',
      models: { 'keeper-7b': model },
      recorded: 'answers.jsonl',
      log_max_bytes: 67_108_864,
      allowed_hosts: ['models.harbour.example'],
    },
    { 'nothing to retrieve': { top_k: 0 }, 'a name with a space': { models: { 'keeper 7b': model } } },
    { optional: ['top_k', 'model', 'escalate_to', 'models', 'recorded', 'log_max_bytes', 'allowed_hosts'] },
  ),
  recordedAnswerSchema: fixtureOf(
    { schema: 'recorded-answer/1', request_digest: SHA256, answer: 'Ring the bell.', usage: { prompt_tokens: 180 } },
    { 'a digest that is none': { request_digest: 'bell' } },
    { optional: ['usage'] },
  ),
  groundingSchema: fixtureOf(grounding, { 'an unknown kind': { kind: 'rumour' } }),
  replayRunReportSchema: fixtureOf(
    { schema: 'replay-run-report/1', run, footer: footerOf() },
    { 'a run that is none': { run: {} }, 'another document': { schema: 'replay_run/1' } },
  ),
  replayRunSchema: fixtureOf(
    run,
    {
      'model output that passes for a source': { origin: 'external' },
      'a generation that is not one more than the deepest row of the bundle': { generation: 2 },
      'a time without its day': { recorded_at: '06:40' },
      'a digest that is none': { bundle_digest: 'b' },
    },
    { optional: ['corpus', 'trimmed'], accepts: [{ corpus: null, escalation_path: [{ model: 'keeper-7b', gate }] }] },
  ),
};
