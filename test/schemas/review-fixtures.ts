import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const verdict = {
  schema: 'verdict/1',
  evidence_id: SHA256,
  verdict: 'partial',
  by: 'harbor master',
  note: 'half of the berths are right',
  recorded_at: TIME,
};
const chained = { seq: 1, prev_hash: SHA256, row_hash: SHA256 };
const wrongVerdicts = {
  'the beginning of an id': { evidence_id: 'b7' },
  'a word that is none': { verdict: 'maybe' },
  nobody: { by: '' },
  'a name without end': { by: 'n'.repeat(201) },
  'a note without end': { note: 'n'.repeat(10_001) },
  'a day without a time': { recorded_at: '2026-03-02' },
};
const listed = {
  evidence_id: SHA256,
  source: 'desk',
  source_file: 'desk.jsonl',
  locator: { line: 3 },
  line_offset: 3,
  task: { key: 'openai-chat/gulls', start: 'Who feeds the gulls?' },
  rule: 'nothing_known',
  reasons: [{ reason: 'truth', value: 'none' }],
  outcome: { state: 'unknown', value: null, from: 'none' },
  signals: { human: [], judges: [], cancelled: false, truncated: false, proxies: {} },
  verdicts: [{ verdict: 'no', by: 'pilot', recorded_at: TIME }],
};
const group = { rule: 'nothing_known', when: 'nothing is known about the outcome', reasons: ['truth'], rows: 1 };
const outlook = { category: 'needs_human_review', becomes: 'rejected', rule: 'human', when: 'a human said no, partly or yes', records: 1 };
const span = { first_run: 'run-1', last_run: 'run-2', left_run: 'run-4' };
const stay = { set: 'sft', reason: 'rejected', detail: 'label: no', ...span, runs: 2 };
const quarantined = { evidence_id: SHA256, source_file: 'desk.jsonl', locator: { line: 3 }, line_offset: 3, ...span, stays: [stay] };

/** What people say in reviews, and what is printed about it and about the history of the quarantine. */
export const REVIEW_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  ledgerHeadSchema: fixtureOf(
    { schema: 'ledger-head/1', seq: 3, row_hash: SHA256, count: 3 },
    { 'more rows than positions': { count: 4 }, 'half a row': { seq: 2.5, count: 2.5 }, 'a short hash': { row_hash: 'bb' } },
    { accepts: [{ seq: 0, count: 0 }] },
  ),
  verdictSchema: fixtureOf(verdict, wrongVerdicts, { optional: ['note'] }),
  verdictRowSchema: fixtureOf(
    { ...verdict, ...chained },
    { ...wrongVerdicts, 'a row before the first': { seq: 0 } },
    { optional: ['note'] },
  ),
  reviewListingSchema: fixtureOf(
    {
      schema: 'review-listing/1',
      run_id: 'run-1',
      asked: { source: 'desk', rule: null },
      total: 1,
      with_verdict: 1,
      groups: [group],
      rows: [listed],
      complete: true,
    },
    {
      'nothing said of what was asked': { asked: {} },
      'a group without its rule': { groups: [{ ...group, rule: undefined }] },
      'a verdict of nobody': { rows: [{ ...listed, verdicts: [{ verdict: 'no', by: '', recorded_at: TIME }] }] },
      'a line before the first': { rows: [{ ...listed, line_offset: -1 }] },
    },
    { accepts: [{ asked: { source: null, rule: null }, total: 0, with_verdict: 0, groups: [], rows: [] }] },
  ),
  reviewDecisionSchema: fixtureOf(
    {
      schema: 'review-decision/1',
      file: 'verdicts.csv',
      appended: 1,
      unchanged: 0,
      records: 1,
      by: [{ by: 'pilot', verdicts: 1 }],
      outlook: [outlook],
      next: 'lauter distill run-all',
    },
    { 'a category that is none': { outlook: [{ ...outlook, becomes: 'fine' }] }, 'fewer than no verdicts': { appended: -1 } },
  ),
  quarantineHistorySchema: fixtureOf(
    {
      schema: 'quarantine-history/1',
      asked: { id: 'desk.jsonl:4', reason: 'rejected', set: 'sft' },
      runs: [{ run_id: 'run-1', rows: 1, missing: ['exports/run-1/quarantine/sft.jsonl'] }],
      total: 1,
      rows: [quarantined],
      complete: false,
    },
    {
      'a reason that is none': { asked: { id: null, reason: 'boredom', set: null } },
      'a set that is none': { rows: [{ ...quarantined, stays: [{ ...stay, set: 'attic' }] }] },
      'a row that never came': { rows: [{ ...quarantined, first_run: null }] },
    },
    { accepts: [{ asked: { id: null, reason: null, set: null }, rows: [{ ...quarantined, evidence_id: null, left_run: null }] }] },
  ),
  readFilesSchema: fixtureOf(
    { shards: [{ parts: [{ source_file: 'desk.jsonl' }] }] },
    { 'a part of no file': { shards: [{ parts: [{}] }] } },
    { isOpen: true },
  ),
};
