import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const link = { link: 'source_record', state: 'broken', of: SHA256, path: 'desk.jsonl', expected: 'a', found: 'b', remedy: 'Put it back.' };
const row = { set: 'sft', id: SHA256, role: 'record', file: 'exports/run-1/sft/rows.jsonl', line: 1, split: 'train' };
const leftOut = { set: 'rag', reason: 'duplicate_text', detail: 'another row', file: 'exports/run-1/quarantine/rag.jsonl', line: 3 };
const provenance = {
  source_file: 'desk.jsonl',
  locator: { line: 0 },
  line_offset: 0,
  sig_hash: SHA256,
  recorded_at: TIME,
  recorded_at_from: 'record',
};
const record = {
  role: 'record',
  evidence_id: SHA256,
  source: 'desk',
  adapter: 'openai-chat',
  task: { key: 'openai-chat/tides', text: 'When is low tide?' },
  shard_file: 'lake/evidence/k.parquet',
  provenance,
  source_line: 1,
  scored: { category: 'accepted', rule: 'human', reasons: [{ reason: 'human', value: 'yes' }], scorer_version: 's', shard_file: 'f' },
  exports: [row],
  left_out: [leftOut],
  source_row: { from: 'source', text: '{}', is_cut: false },
};
const fault = { link: 'shard', stage: 'score', path: 'lake/scored/k.parquet', expected: 'a', found: 'b', remedy: 'Remove it.' };
const came = {
  evidence_id: SHA256,
  locator: { line: 4 },
  line_offset: 4,
  task_key: 't',
  category: 'accepted',
  rule: 'human',
  exports: [row],
  left_out: [leftOut],
};

/** What tracing a row and verifying receipts print. */
export const TRACE_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  traceSchema: fixtureOf(
    {
      schema: 'trace/1',
      asked: SHA256.slice(0, 8),
      kind: 'record',
      id: SHA256,
      run_id: 'run-1',
      latest_run_id: 'run-1',
      verdict: 'broken',
      first: link,
      links: [link],
      records: [record],
    },
    {
      'a verdict nobody knows': { verdict: 'probably' },
      'a link that is none': { links: [{ ...link, link: 'rope' }] },
      'a line counted from 0': { records: [{ ...record, exports: [{ ...row, line: 0 }] }] },
      'a record without provenance': { records: [{ ...record, provenance: {} }] },
    },
    { accepts: [{ first: null, latest_run_id: null, records: [{ ...record, scored: null }] }] },
  ),
  traceReplaySchema: fixtureOf(
    {
      schema: 'trace-replay/1',
      asked: 'replay-20260302',
      replay_id: 'replay-20260302T064000000Z-0a1b2c3d',
      file: 'ledger/replay_runs.jsonl',
      line: 3,
      copy: 1,
      task: 'How do I open the lock at dawn?',
      model: 'keeper-7b',
      answer: 'Ring the bell as lock-house/bell.md says.',
      grounding: [{ text: 'lock-house/bell.md', kind: 'path', grounded: true }],
      bundle_digest: SHA256,
      bundle_holds: true,
      verdict: 'unprovable',
      playbooks: [{ use: 'warning', id: SHA256, trace: null }],
    },
    { 'a use that is none': { playbooks: [{ use: 'decoration', id: SHA256, trace: null }] }, 'a line counted from 0': { line: 0 } },
    { optional: ['copy'] },
  ),
  traceReverseSchema: fixtureOf(
    {
      schema: 'trace-reverse/1',
      asked: 'desk.jsonl:5',
      run_id: 'run-1',
      source_file: 'desk.jsonl',
      line: 5,
      line_offset: 4,
      pointer: '/4',
      member: 'log.json',
      records: [came],
      refused: [{ evidence_id: null, locator: { line: 4 }, line_offset: 4, ...leftOut, set: 'materialize', reason: 'broken_json' }],
      matched: 'the record on line 5',
    },
    { 'a line counted from 0': { line: 0 }, 'a category outside the list': { records: [{ ...came, category: 'fine' }] } },
    { accepts: [{ line: null, line_offset: null, pointer: null, member: null, records: [{ ...came, category: null, rule: null }] }] },
  ),
  writtenFilesSchema: fixtureOf(
    { files: [{ name: 'rag/rows.jsonl', sha256: SHA256 }] },
    { 'a file without its digest': { files: [{ name: 'rag/rows.jsonl' }] } },
    { isOpen: true },
  ),
  receiptsVerificationSchema: fixtureOf(
    {
      schema: 'receipts-verification/1',
      run_id: 'run-1',
      holds: false,
      checked: { links: 9, files: 8, bytes: 700, rows: 60 },
      first: fault,
      faults: [fault],
    },
    {
      'a link that is none': { faults: [{ ...fault, link: 'rope' }] },
      'fewer than no rows': { checked: { links: 9, files: 8, bytes: 7, rows: -1 } },
    },
    { accepts: [{ holds: true, first: null, faults: [{ ...fault, stage: null }] }] },
  ),
};
