import { makeFooter } from '../../domain/reproducibility/index.ts';
import { fixtureOf, TIME, type SchemaFixture } from './fixture.ts';

const served = { base_url: 'http://127.0.0.1:8000/v1', model: 'pilot-8b', api_key_env: 'PILOT_KEY' };

const nightly = {
  enabled: true,
  cron: '30 3 * * *',
  time_zone: 'Europe/Lisbon',
  jitter_s: 60,
  catch_up_s: 43_200,
  overlap: 'skip',
  max_usd: 5,
  window_hours: 20,
  kinds: ['quality', 'distill-drift', 'determinism', 'replay-queue'],
  quality: { fixture: 'questions.jsonl', limit: 10 },
  determinism: { corpus_version: 'harbour-1', qa: 'harbour-qa', model: 'pilot-8b', mode: 'lexical', min_scoreable: 25, temperature: 0 },
  replay_queue: { tasks: 'tasks.jsonl', limit: 20, retriever: 'jaccard' },
};
const PASSED = {
  ts: TIME,
  kind: 'quality',
  outcome: 'pass',
  exit_code: 0,
  pass_count: 5,
  fail_count: 0,
  inconclusive_count: 0,
  error_count: 0,
  est_cost_usd: 0.35,
  malformed_count: 0,
  upstream_error_count: 0,
  actual_cost_usd: 0.31,
  questions: 5,
  metrics: { recall_all: 0.8 },
};
const notices = [
  { kind: 'file', path: 'notices.jsonl' },
  { kind: 'command', command: ['ring-the-bell', '--twice'], timeout_s: 30 },
  { kind: 'webhook', url: 'https://harbour.example/notices', secret_env: 'NOTICE_SECRET', allow_private: false, timeout_s: 10 },
];

/** Judges, what runs every night, and what came of it. */
export const PROBE_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  servedModelSchema: fixtureOf(
    served,
    {
      'another scheme': { base_url: 'ftp://127.0.0.1' },
      'a model without a name': { model: '' },
      'a key instead of its variable': { api_key_env: 'sk-1 2' },
    },
    { optional: ['api_key_env'] },
  ),
  panelSettingsSchema: fixtureOf(
    { judges: { a: served, 'b-2': served } },
    { 'a slot in capitals': { judges: { A: served } } },
    { optional: ['judges'] },
  ),
  nightlySettingsSchema: fixtureOf(
    nightly,
    {
      'another word for true': { enabled: 'yes' },
      'a cap that is no number': { max_usd: '5 dollars' },
      'a negative cap': { max_usd: -1 },
      'no window': { window_hours: 0 },
      'nothing to look at': { kinds: [] },
      'a kind that nobody knows': { kinds: ['weather'] },
      'jitter of more than an hour': { jitter_s: 3_601 },
      'everything at once': { overlap: 'allow_all' },
    },
    { optional: Object.keys(nightly), accepts: [{ enabled: 'true' }, { enabled: false }] },
  ),
  probeSettingsSchema: fixtureOf(
    { nightly, notify: notices },
    {
      'a webhook without a secret': { notify: [{ kind: 'webhook', url: 'https://harbour.example/notices' }] },
      'an empty command': { notify: [{ kind: 'command', command: [] }] },
      'a fourth way': { notify: [{ kind: 'pigeon' }] },
    },
    { optional: ['nightly', 'notify'] },
  ),
  probeEventSchema: fixtureOf(
    {
      ts: TIME,
      kind: 'quality',
      outcome: 'pass',
      exit_code: 0,
      pass_count: 5,
      fail_count: 0,
      inconclusive_count: 0,
      error_count: 0,
      est_cost_usd: 0.35,
      fixture_sha8: '0a1b2c3d',
      detail: 'all well',
      malformed_count: 0,
      upstream_error_count: 0,
      actual_cost_usd: 0.31,
      questions: 5,
      run_uid: 'probe-1',
      scheduled_at: TIME,
      metrics: { recall_all: 1, overall: null },
      intervals: { recall_all: [0.57, 1] },
    },
    {
      'an outcome that nobody knows': { outcome: 'splendid' },
      'no time': { ts: 'yesterday' },
      'half a question': { pass_count: 0.5 },
      'a short hash': { fixture_sha8: '0a1b' },
      'a fourth exit code': { exit_code: 3 },
    },
    {
      isOpen: true,
      optional: [
        'kind',
        'fixture_sha8',
        'detail',
        'malformed_count',
        'upstream_error_count',
        'actual_cost_usd',
        'questions',
        'run_uid',
        'scheduled_at',
        'metrics',
        'intervals',
      ],
    },
  ),
  probeHistorySchema: fixtureOf(
    {
      schema_version: 1,
      until: TIME,
      enabled: true,
      next_due: TIME,
      max_usd: 5,
      window_hours: 20,
      corrupt_lines: 1,
      notices: ['The clock was set back.'],
      events: [PASSED],
      _meta: {
        metric_glossary: {},
        unknown_metrics: [],
        footer: makeFooter({ lauter_version: '1.0.0' }),
      },
    },
    { 'another version': { schema_version: 2 }, 'a negative cap': { max_usd: -1 }, 'half a line': { corrupt_lines: 0.5 } },
    { accepts: [{ enabled: false, next_due: null, events: [] }] },
  ),
};
