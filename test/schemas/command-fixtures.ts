import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const source = { name: 'harbour desk', adapter: 'openai-chat', license: 'CC-BY-4.0', paths: ['traces/*.jsonl'], options: {} };
const engine = { port: 7233, threads: 2, give_up_after_s: 60, heartbeat_timeout_s: 10 };
const settings = {
  max_record_bytes: 1024,
  partial_min: 0.5,
  include_partial: true,
  max_pairs_per_task: 1,
  max_row_chars: 1000,
  max_quarantined: 0,
  max_generation: 0,
  validation_share: 0.1,
  test_share: 0,
  near_duplicate_threshold: 0.6,
  near_duplicate_min_words: 20,
  near_duplicate_bands: 16,
  near_duplicate_rows: 5,
  decontamination: {},
  formats: ['jsonl', 'parquet', 'arrow'],
  as: ['openai', 'trl', 'sharegpt', 'unpaired'],
  require_license: true,
};
const fields = {
  prompt: '/question',
  response: 'answer.text',
  system: 'rules?',
  task_id: 'task',
  id: 'id',
  created_at: 'time',
  model: 'model',
  label: 'verdict',
  reward: 'score',
  passed: 'ok',
};
const check = { name: 'node', state: 'warn', found: '20.18', expected: '20.19 or later', remedy: 'Install Node 20.19.' };
const detected = {
  file: 'desk.jsonl',
  kind: 'source',
  adapters: ['openai-chat'],
  confidence: 0.9,
  records: 8,
  broken: 1,
  reason: 'conversations',
};

/** What people write into files, and what commands print. */
export const COMMAND_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  sourceConfigSchema: fixtureOf(
    source,
    {
      'no name': { name: '' },
      'a name that begins with a slash': { name: '/etc' },
      'an unknown adapter': { adapter: 'gossip' },
      'no path': { paths: [] },
      'an empty path': { paths: [''] },
      'a license without a name': { license: '' },
      'mapped without its fields': { adapter: 'mapped', options: {} },
    },
    { optional: ['adapter', 'license', 'options'], accepts: [{ adapter: 'mapped', options: { fields: { messages: 'turns' } } }] },
  ),
  engineConfigSchema: fixtureOf(
    engine,
    {
      'a port of the system': { port: 80 },
      'no threads': { threads: 0 },
      'no patience': { give_up_after_s: 0 },
      'no heartbeat': { heartbeat_timeout_s: 0.5 },
    },
    { optional: Object.keys(engine) },
  ),
  evaluationSetSchema: fixtureOf(
    { name: 'harbor-exam', paths: ['exam/*.jsonl'], fields: ['question', '/answers/0?'] },
    {
      'a name that no report could print': { name: '<b>' },
      'no path': { paths: [] },
      'an empty path': { paths: [''] },
      'a field without a path': { fields: ['?'] },
    },
    { optional: ['fields'] },
  ),
  decontaminationSettingsSchema: fixtureOf(
    {
      sets: [{ name: 'harbor-exam', paths: ['exam/*.jsonl'] }],
      allow: ['licence.txt'],
      max_contamination: 0.01,
      words_in_a_row: 13,
      least_words: 8,
      most_texts_sharing: 10,
    },
    {
      'a share above one': { max_contamination: 1.5 },
      'runs too short to mean anything': { words_in_a_row: 4 },
      'short texts that are longer than long ones': { words_in_a_row: 8, least_words: 9 },
      'no text sharing a run': { most_texts_sharing: 0 },
    },
    { optional: ['sets', 'allow', 'max_contamination', 'words_in_a_row', 'least_words', 'most_texts_sharing'] },
  ),
  distillSettingsSchema: fixtureOf(
    settings,
    {
      'records of a few bytes': { max_record_bytes: 1023 },
      'records beyond 1 GiB': { max_record_bytes: 2 ** 30 + 1 },
      'a share above 1': { max_quarantined: 1.1 },
      'a negative share': { test_share: -0.1 },
      'no pairs at all': { max_pairs_per_task: 0 },
      'no format': { formats: [] },
      'an unknown format': { formats: ['csv'] },
      'an unknown form': { as: ['alpaca'] },
      'half a generation': { max_generation: 0.5 },
    },
    { optional: Object.keys(settings) },
  ),
  configSchema: fixtureOf(
    { $schema: './lauter.schema.json', sources: [source], distill: settings, engine, release: { tolerate: ['docs/figures/'] } },
    {
      'a key nobody knows': { distil: {} },
      'a source without a path': { sources: [{ name: 'desk' }] },
      'settings that are wrong': { distill: { partial_min: 2 } },
    },
    { optional: ['$schema', 'sources', 'distill', 'engine', 'release'] },
  ),
  mappedOptionsSchema: fixtureOf(
    { layout: 'elements', fields, label_map: { good: 'accepted', bad: 'rejected' } },
    {
      'an unknown layout': { layout: 'session' },
      'messages beside a prompt': { fields: { ...fields, messages: 'turns' } },
      'a prompt without a response': { fields: { prompt: 'question' } },
      'no fields': { fields: {} },
      'a path of nothing but a question mark': { fields: { messages: '?' } },
      'a label that means nothing': { label_map: { good: 'fine' } },
    },
    { optional: ['layout', 'label_map'], accepts: [{ fields: { messages: 'turns' } }] },
  ),
  otelGenaiOptionsSchema: fixtureOf(
    {
      scores: { Relevance: 'ignore', stars: { as: 'human', pass: 4, fail: 2, labels: { fine: 'yes' } } },
      task_id_attribute: 'ferry.ticket',
      other_traces: 'skip',
    },
    {
      'a role that nobody has': { scores: { stars: 'critic' } },
      'a label that means nothing': { scores: { stars: { labels: { fine: 'fine' } } } },
      'another fate of other traces': { other_traces: 'keep' },
    },
    { optional: ['scores', 'task_id_attribute', 'other_traces'], accepts: [{}] },
  ),
  langfuseOptionsSchema: fixtureOf(
    { scores: { tone: 'judge' }, api_scores: 'reward', task_id_metadata: 'order' },
    { 'a role that nobody has': { api_scores: 'critic' }, 'a mark that is no number': { scores: { tone: { pass: 'high' } } } },
    { optional: ['scores', 'api_scores', 'task_id_metadata'], accepts: [{}] },
  ),
  workspaceSchema: fixtureOf(
    { schema: 'workspace/1', format: 1, id: '0a1b2c3d', version: '0.1.0', created_at: TIME },
    { 'an id of another length': { id: '0a1b2c3' }, 'no format': { format: 0 } },
  ),
  processLockSchema: fixtureOf(
    { schema: 'lock/1', pid: 17, pid_started: 'boot.99', host: 'quay', version: '0.1.0' },
    { 'a process of nobody': { pid: 0 }, 'half a process': { pid: 1.5 } },
  ),
  serverStateSchema: fixtureOf(
    {
      schema: 'server-state/1',
      pid: 17,
      pid_started: 'boot.99',
      address: 'localhost:7233',
      ui_address: 'http://localhost:8233',
      server_version: '1.31.0',
      started_at: TIME,
      keep: false,
    },
    {
      'an address without a port': { address: 'localhost' },
      'pages of no URL': { ui_address: 'here' },
      'a time in words': { started_at: 'at dawn' },
    },
    { accepts: [{ ui_address: null }] },
  ),
  serverUserSchema: fixtureOf({ schema: 'server-user/1', pid: 17, pid_started: 'boot.99' }, { 'a negative process': { pid: -17 } }),
  serverStatusSchema: fixtureOf(
    {
      schema: 'server-status/1',
      state: 'answering',
      from: 'workspace',
      address: 'localhost:7233',
      ui_address: null,
      pid: 17,
      server_version: '1.31.0',
      started_at: TIME,
      keep: true,
      users: 1,
    },
    { 'a state nobody knows': { state: 'slow' }, 'from a rumour': { from: 'rumour' }, 'half a user': { users: 0.5 } },
    { accepts: [{ state: 'stopped', address: null, pid: null, server_version: null, started_at: null, users: 0 }] },
  ),
  configValueSchema: fixtureOf(
    { schema: 'config-value/1', file: 'lauter.config.json', key: 'distill.partial_min', value: 0.5, is_stated: false },
    { 'no word on where it comes from': { is_stated: null } },
    { accepts: [{ key: null, value: null }], anything: ['value'] },
  ),
  doctorCheckSchema: fixtureOf(check, { 'a state nobody knows': { state: 'ill' } }),
  doctorReportSchema: fixtureOf(
    { schema: 'doctor-report/1', state: 'warn', workspace: '/srv/space', checks: [check] },
    { 'no check at all': { checks: [] }, 'a state nobody knows': { state: 'ill' } },
  ),
  initReportSchema: fixtureOf(
    {
      schema: 'init-report/1',
      workspace: '/srv/space',
      config: 'lauter.config.json',
      written: true,
      sources: [{ name: 'desk', adapter: 'openai-chat', paths: ['traces'] }],
      unclear: [{ file: 'tides.json', reason: 'JSON of no known trace format' }],
    },
    { 'a source of no format': { sources: [{ name: 'desk', adapter: null, paths: [] }] } },
  ),
  quarantineListingSchema: fixtureOf(
    {
      schema: 'quarantine-listing/1',
      run_id: 'run-1',
      asked: { reason: 'no_prompt', set: null },
      total: 1,
      reasons: [{ set: 'sft', reason: 'no_prompt', rows: 1, sentence: 'The record has no prompt.' }],
      rows: [
        {
          evidence_id: null,
          set: 'materialize',
          reason: 'broken_json',
          detail: 'cut',
          source_file: 'desk.jsonl',
          line_offset: 7,
          sig_hash: null,
        },
      ],
      complete: true,
    },
    { 'a reason outside the list': { asked: { reason: 'mood', set: null } }, 'a negative total': { total: -1 } },
  ),
  queryRowsSchema: {
    accepts: [[{ id: 'a', rows: 3, share: 0.5, tags: ['x'], nothing: null }], []],
    rejects: {
      'a single row': { id: 'a' },
      'rows that are lists': [['a', 3]],
      'a value that JSON cannot hold': [{ id: 10n }],
      'a function': [{ id: () => 1 }],
    },
    isOpen: true,
  },
  scoreExplanationSchema: fixtureOf(
    {
      schema: 'score-explanation/1',
      evidence_id: SHA256,
      source: 'desk',
      adapter: 'openai-chat',
      source_file: 'desk.jsonl',
      locator: { line: 7 },
      line_offset: 7,
      model: null,
      task: { key: 'tide-1', text: 'When is low tide?' },
      category: 'accepted',
      rule: 'human',
      when: 'a human said no, partly or yes',
      values: [{ reason: 'Noor', value: 'yes' }],
      passed_over: [{ rule: 'no_output', when: 'there is no output' }],
      scorer_version: 'score/1',
      would_now_be: { rule: 'human', category: 'rejected' },
    },
    { 'a fifth category': { category: 'good' }, 'a rule without its words': { passed_over: [{ rule: 'no_output' }] } },
    { accepts: [{ would_now_be: null }] },
  ),
  detectedFileSchema: fixtureOf(
    detected,
    { 'a kind nobody knows': { kind: 'odd' }, 'an unknown adapter': { adapters: ['gossip'] }, 'negative records': { records: -1 } },
    { accepts: [{ kind: 'unknown', adapters: [], confidence: null, records: null, broken: null }] },
  ),
  sourceDetectionSchema: fixtureOf(
    {
      schema: 'source-detection/1',
      files: [detected],
      counts: { source: 1, companion: 0, ignored: 0, unknown: 0, ambiguous: 0, unreadable: 0 },
      records: 8,
    },
    {
      'a kind too few': { counts: { source: 1 } },
      'a kind too many': { counts: { source: 1, companion: 0, ignored: 0, unknown: 0, ambiguous: 0, unreadable: 0, odd: 1 } },
    },
  ),
};
