import { fixtureOf, TIME, type SchemaFixture } from './fixture.ts';

const attempt = { line: 3, truth: 'yes', category: 'accepted' };
const optional = ['line', 'pointer', 'member', 'traps', 'model', 'parts', 'pull_request', 'is_duplicate', 'near_copies'];
const wholeAttempt = {
  ...attempt,
  pointer: '/0',
  member: 'samples/1_epoch_1.json',
  traps: ['tie'],
  model: 'quay-1',
  parts: [{ line: 3 }, { pointer: '/1' }],
  pull_request: '/0',
  is_duplicate: false,
  near_copies: 'gulls',
};
const file = { file: 'desk.jsonl', source: 'desk', records: 2, refused: { broken_json: 1 }, attempts: [attempt] };
const result = {
  number: 8,
  name: 'nothing is accepted without positive truth',
  passed: false,
  expected: 'yes',
  found: 'no',
  where: ['desk.jsonl, line 4'],
};

/** The acceptance fixture's manifest, and the report that is printed. */
export const ACCEPTANCE_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  plantedAttemptSchema: fixtureOf(
    wholeAttempt,
    { 'a truth that is none': { truth: 'perhaps' }, 'a line before the first': { line: -1 }, 'a fifth category': { category: 'splendid' } },
    { optional },
  ),
  plantedFileSchema: fixtureOf(file, { 'a reason that nobody knows': { refused: { seagull: 1 } }, 'half a record': { records: 1.5 } }),
  acceptancePlantedSchema: fixtureOf(
    {
      schema: 'acceptance-planted/1',
      sources: [{ name: 'desk', adapter: 'openai-chat', is_labelled: true }],
      files: [file],
      secrets: [{ kind: 'email', where: 'question', parts: ['gull', '@', 'example.com'] }],
    },
    { 'a format that nobody reads': { sources: [{ name: 'desk', adapter: 'parchment', is_labelled: true }] } },
  ),
  invariantResultSchema: fixtureOf(result, { 'a 23rd invariant': { number: 23 }, 'one before the first': { number: 0 } }),
  acceptanceReportSchema: fixtureOf(
    {
      schema: 'acceptance-report/1',
      verdict: 'refused',
      passed: 21,
      total: 22,
      invariants: [result],
      code_version: '0.1.0',
      started_at: TIME,
      duration_ms: 21_000,
      fixture: { sources: 17, files: 41, records: 159, secrets: 43 },
      kept: null,
    },
    { 'a third verdict': { verdict: 'perhaps' }, 'less than none': { passed: -1 } },
    { accepts: [{ kept: 'acceptance-1' }] },
  ),
};
