import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

export const provenance = {
  source_file: 'desk/2026-03-02.jsonl',
  locator: { line: 7, pointer: '/0', member: 'log.json' },
  line_offset: 7,
  sig_hash: SHA256,
  recorded_at: TIME,
  recorded_at_from: 'record',
};
const call = { id: 'call-1', name: 'tide_table', arguments: '{"day":2}' };
const message = { role: 'assistant', content: 'At 6:40.', tool_calls: [call], tool_call_id: 'call-0', name: 'harbour master' };
const question = { role: 'user', content: 'When is low tide?' };
const judgement = { by: 'Noor', verdict: 'yes', value: 1 };
const signals = {
  human: [judgement],
  judges: [],
  tests: { passed: true, detail: '4 of 4' },
  reward: 1,
  exit_status: 'submitted',
  error: 'time ran out',
  cancelled: false,
  truncated: false,
  proxies: { lint_clean: true, turns: 3, editor: 'ed' },
};
const usage = { prompt_tokens: 12, completion_tokens: 5, cost_usd: 0.001, latency_ms: 250.5 };
const evidence = {
  id: SHA256,
  source: 'harbour-desk',
  adapter: 'openai-chat',
  provenance,
  day: '2026-03-02',
  task: { key: 'tide-1', id: null, text: 'When is low tide?', hash: SHA256 },
  messages: [question, message],
  tools: [{ type: 'function' }],
  artifacts: [{ kind: 'answer', text: '6:40', path: 'tides.txt' }],
  outcome: { state: 'success', value: 1, from: 'reward' },
  signals,
  model: 'harbor-chat-2',
  provider: null,
  usage,
  attempt: 1,
  trial: null,
  parent_id: null,
  origin: 'external',
  generation: 0,
  redactions: { email: 2 },
};
const scored = {
  evidence_id: SHA256,
  category: 'accepted',
  rule: 'ground_truth',
  reasons: [{ reason: 'reward', value: '1' }],
  scorer_version: 'score/1',
  provenance,
};
const rag = {
  id: SHA256,
  title: 'When is low tide?',
  content: 'When is low tide?\n\nAt 6:40.',
  category: 'accepted',
  warning: false,
  tags: ['openai-chat'],
  validation_steps: ['Check the table.'],
  task_key: 'tide-1',
  tokens: 7,
  split: 'train',
  provenance,
};
const sft = {
  id: SHA256,
  messages: [question, message],
  tools: [{ type: 'function' }],
  quality_score: 'accepted',
  task_key: 'tide-1',
  split: 'test',
  tokens: 7,
  provenance,
};
const pair = {
  id: SHA256,
  prompt: [question],
  prompt_from: 'shared_prefix',
  chosen: [message],
  rejected: [{ role: 'assistant', content: 'At noon.' }],
  reason: 'category',
  margin: 1,
  task_key: 'tide-1',
  split: 'validation',
  chosen_id: 'a',
  rejected_id: 'b',
  chosen_category: 'accepted',
  rejected_category: 'rejected',
  provenance: { chosen: provenance, rejected: provenance },
};
const quarantined = {
  evidence_id: SHA256,
  set: 'sft',
  reason: 'no_prompt',
  detail: 'the first user turn is empty',
  provenance: { source_file: 'desk.jsonl', locator: { line: 7, pointer: '/0' }, line_offset: 7, sig_hash: null },
};
const part = { path: 'evidence/2026/03/02/k1.parquet', day: '2026-03-02', rows: 3, bytes: 900, sha256: SHA256 };
const sourcePart = {
  path: '/srv/traces/desk.jsonl',
  source_file: 'traces/desk.jsonl',
  layout: 'lines',
  compression: 'none',
  start: 0,
  end: 120,
  line: 0,
  is_last: true,
  digest: SHA256,
  file_time: TIME,
};
const sourceShard = { key: SHA256, source: 'desk', adapter: 'openai-chat', options: { depth: 2 }, parts: [sourcePart] };

/** Evidence, scores, export rows, and how they lie in the lake. */
export const DATA_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  toolCallSchema: fixtureOf(call, { 'arguments that were parsed': { arguments: { day: 2 } } }),
  messageSchema: fixtureOf(
    message,
    {
      'a role nobody has': { role: 'developer' },
      'content in parts': { content: [{ type: 'text', text: 'At 6:40.' }] },
      'no content': { content: null },
    },
    { optional: ['tool_calls', 'tool_call_id', 'name'] },
  ),
  artifactSchema: fixtureOf(
    { kind: 'patch', text: '--- a', path: 'a.py' },
    { 'an unknown kind': { kind: 'diff' } },
    { optional: ['path'] },
  ),
  locatorSchema: fixtureOf(
    { line: 0, pointer: '/a~1b', member: 'log.json' },
    { 'a line before the first': { line: -1 }, 'half a line': { line: 0.5 } },
    { optional: ['line', 'pointer', 'member'] },
  ),
  provenanceSchema: fixtureOf(provenance, {
    'a signature in capitals': { sig_hash: 'B'.repeat(64) },
    'a short signature': { sig_hash: 'b'.repeat(63) },
    'a time from nowhere': { recorded_at_from: 'clock' },
    'a negative line': { line_offset: -1 },
  }),
  judgementSchema: fixtureOf(
    judgement,
    { 'an unknown verdict': { verdict: 'maybe' }, 'a value that is no number': { value: Number.NaN } },
    { optional: ['value'] },
  ),
  signalsSchema: fixtureOf(
    signals,
    {
      'a proxy that is a list': { proxies: { lint: ['clean'] } },
      'tests that are only a word': { tests: 'passed' },
      'an infinite reward': { reward: Number.POSITIVE_INFINITY },
      'a verdict of nobody': { human: [{ verdict: 'yes' }] },
    },
    { optional: ['tests', 'reward', 'exit_status', 'error'] },
  ),
  usageSchema: fixtureOf(
    usage,
    { 'half a token': { prompt_tokens: 1.5 }, 'a refund': { cost_usd: -1 }, 'a negative time': { latency_ms: -1 } },
    { optional: Object.keys(usage) },
  ),
  evidenceSchema: fixtureOf(
    evidence,
    {
      'an id that is no sha256': { id: 'tide-1' },
      'a day of another calendar': { day: '2.3.2026' },
      'an unknown adapter': { adapter: 'gossip' },
      'an outcome by hearsay': { outcome: { ...evidence.outcome, from: 'hearsay' } },
      'a redaction of nothing': { redactions: { email: 0 } },
      'an origin nobody knows': { origin: 'dream' },
      'a task without its hash': { task: { key: 'tide-1', id: null, text: 'x' } },
      'a message with more in it': { messages: [{ ...question, weight: 1 }] },
    },
    { optional: ['tools'], accepts: [{ day: 'undated' }, { messages: [], outcome: { state: 'unknown', value: null, from: 'none' } }] },
  ),
  scoreReasonSchema: fixtureOf(scored.reasons[0]!, { 'a number for a word': { value: 1 } }),
  scoredRunSchema: fixtureOf(scored, {
    'a fifth category': { category: 'excellent' },
    'a reason in words only': { reasons: ['reward 1'] },
  }),
  ragRowSchema: fixtureOf(
    rag,
    {
      'a rejected playbook': { category: 'rejected' },
      'one that waits for review': { category: 'needs_human_review' },
      'no title': { title: '' },
      'a title of 121 characters': { title: 'x'.repeat(121) },
      'no content': { content: '' },
      'a split of its own': { split: 'dev' },
    },
    { accepts: [{ category: 'partially_accepted', warning: true }, { title: 'x'.repeat(120) }] },
  ),
  sftRowSchema: fixtureOf(
    sft,
    {
      'rejected, whatever else': { quality_score: 'rejected' },
      'waiting for review': { quality_score: 'needs_human_review' },
      'an unknown quality': { quality_score: 'good' },
      'one message alone': { messages: [question] },
      'provenance without a signature': { provenance: { ...provenance, sig_hash: undefined } },
    },
    { optional: ['tools'], accepts: [{ quality_score: 'partially_accepted' }] },
  ),
  preferenceRowSchema: fixtureOf(pair, {
    'no margin': { margin: 0 },
    'a negative margin': { margin: -0.5 },
    'no prompt': { prompt: [] },
    'nothing chosen': { chosen: [] },
    'nothing rejected': { rejected: [] },
    'another reason': { reason: 'taste' },
    'provenance of one side': { provenance: { chosen: provenance } },
  }),
  quarantineRowSchema: fixtureOf(
    quarantined,
    {
      'a reason outside the list': { reason: 'did_not_like_it' },
      'a set nobody writes': { set: 'dpo' },
      'a nested locator': { provenance: { ...quarantined.provenance, locator: { line: [7] } } },
    },
    { accepts: [{ evidence_id: null, set: 'materialize', reason: 'broken_json' }] },
  ),
  partSchema: fixtureOf(part, { 'negative rows': { rows: -1 }, 'half a byte': { bytes: 0.5 } }, { accepts: [{ day: null }] }),
  shardEntrySchema: fixtureOf(
    { schema: 'shard/1', kind: 'evidence', key: SHA256, rows: 3, parts: [part], counts: { records: 4 } },
    { 'another version': { schema: 'shard/2' }, 'a part without its digest': { parts: [{ ...part, sha256: undefined }] } },
    { accepts: [{ rows: 0, parts: [] }] },
  ),
  manifestSchema: fixtureOf(
    {
      schema: 'manifest/1',
      kind: 'evidence',
      rows: 3,
      row_digest: SHA256,
      content_digest: SHA256,
      store_version: 1,
      shards: [{ key: SHA256, rows: 3, parts: [part] }],
      excluded: part,
    },
    {
      'another version': { schema: 'manifest/2' },
      'a shard without rows': { shards: [{ key: SHA256, parts: [part] }] },
      'tables before the first version': { store_version: 0 },
    },
    { accepts: [{ excluded: null }], optional: ['store_version'] },
  ),
  headSchema: fixtureOf(
    { schema: 'head/1', kind: 'evidence', manifest: SHA256, run_id: 'run-1' },
    { 'another document': { schema: 'shard/1' } },
  ),
  sourcePartSchema: fixtureOf(sourcePart, {
    'an unknown layout': { layout: 'table' },
    'an unknown compression': { compression: 'xz' },
    'a negative start': { start: -1 },
  }),
  sourceShardSchema: fixtureOf(sourceShard, { 'an unknown adapter': { adapter: 'gossip' } }),
  planSchema: fixtureOf(
    {
      schema: 'plan/1',
      run_id: 'run-1',
      sources: [{ name: 'desk', adapter: 'openai-chat', files: 1, bytes: 120 }],
      ignored: [{ file: 'notes.md', reason: 'not JSON' }],
      shards: [sourceShard],
    },
    {
      'a source of half a file': { sources: [{ name: 'desk', adapter: 'openai-chat', files: 0.5, bytes: 1 }] },
      'a file ignored for no reason': { ignored: [{ file: 'notes.md' }] },
    },
  ),
};
