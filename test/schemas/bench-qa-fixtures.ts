import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const row = {
  qa_id: 'dome',
  question: 'Who opened the dome?',
  golden_event_id: 'shell-7',
  golden_event_ids: ['shell-7'],
  golden_content_sha256: [SHA256],
  source_filter: null,
  acceptable_answer_keywords: ['keeper'],
  tags: [],
};
const graft = {
  from_corpus_hash: SHA256,
  to_corpus_hash: SHA256,
  at_iso: TIME,
  method: 'content_sha256',
  mapped: [{ qa_id: 'dome', old_event_id: 'shell-7', new_event_id: 'shell-9' }],
  unmapped: [{ qa_id: 'rain', old_event_id: null }],
};
const provenance = {
  fixture: 'eval-nights',
  version: 'eval-nights',
  annotated_on: '2026-03-02',
  annotation_method: 'written by the keeper of the dome',
  second_annotation: false,
  corpus_version: 'nights',
  corpus_schema_version: 1,
  corpus_content_hash: SHA256,
  jsonl_content_hash: SHA256,
  qa_content_hash: SHA256,
  event_count: 46,
  scoreable: 8,
  stratification: { shell: 8 },
  grafts: [graft],
};
const item = {
  qa_id: 'rain',
  question: 'Did it rain?',
  source_filter: 'shell',
  current_golden_event_id: null,
  candidate_event_ids: ['shell-7'],
};
const validation = {
  schema: 'qa-validation/1',
  fixture: 'eval-nights',
  corpus_version: 'nights',
  corpus_content_hash: SHA256,
  qa_content_hash: SHA256,
  total: 2,
  scoreable: 1,
  unscoreable: 1,
  min_scoreable: 1,
  missing_by_qa_id: { rain: null },
  unresolved_by_qa_id: { rain: [null, 'shell-99'] },
  duplicates: [{ field: 'qa_id', value: 'rain', lines: [1, 2] }],
  errors: [{ line: 1, qa_id: 'rain', code: 'blank_question' }],
  keyword_leak_count: 0,
  per_source: { shell: 1 },
  provenance: { state: 'differs', differences: [{ field: 'qa_content_hash', expected: SHA256, found: SHA256 }], allowed: null },
  passes: false,
  warnings: [],
  detail: '1 rows have no question',
};
const draft = {
  schema: 'qa-draft/1',
  fixture: 'eval-nights.jsonl',
  provenance: 'eval-nights.provenance.json',
  corpus_version: 'nights',
  rows: 8,
  stratification: { shell: 8 },
  qa_content_hash: SHA256,
  warnings: [],
};
const grafted = {
  schema: 'qa-graft/1',
  fixture: 'eval-march.jsonl',
  provenance: 'eval-march.provenance.json',
  worklist: null,
  from_corpus_hash: null,
  to_corpus_hash: SHA256,
  mapped: 7,
  unmapped: 1,
  scoreable: 7,
  total: 8,
};

/** Fixtures of questions, by the name of their schema. */
export const BENCH_QA_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  qaRowSchema: fixtureOf(
    row,
    { 'an empty id': { qa_id: '' } },
    { isOpen: true, optional: ['golden_event_id', 'golden_event_ids', 'golden_content_sha256'] },
  ),
  qaGraftSchema: fixtureOf(
    graft,
    { 'a golden without its new id': { mapped: [{ qa_id: 'dome', old_event_id: 'shell-7' }] } },
    { isOpen: true },
  ),
  qaProvenanceSchema: fixtureOf(provenance, { 'half a question': { scoreable: 0.5 } }, { isOpen: true, optional: Object.keys(provenance) }),
  qaWorklistRowSchema: fixtureOf(item, { 'a candidate that is no id': { candidate_event_ids: [7] } }),
  qaValidationSchema: fixtureOf(validation, {
    'an error that nobody knows': { errors: [{ line: 1, qa_id: 'rain', code: 'mood' }] },
    'a golden that is a number': { missing_by_qa_id: { rain: 7 } },
  }),
  qaDraftSchema: fixtureOf(draft, { 'half a row': { rows: 0.5 } }),
  qaWorklistSchema: fixtureOf(
    { schema: 'qa-worklist/1', path: 'worklist.jsonl', total: 8, unscoreable: 1 },
    { 'fewer than none': { unscoreable: -1 } },
  ),
  qaGraftReportSchema: fixtureOf(grafted, { 'fewer than none': { mapped: -1 } }),
};
