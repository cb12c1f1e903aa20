import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { longMemEvalReportSchema } from '../../schemas/longmemeval-report.ts';
import { longMemEvalRowSchema } from '../../schemas/longmemeval-rows.ts';
import { startLauter, type Ended } from '../support/lauter-command.ts';
import { asJsonLines, rawId, taleQuestions } from '../support/longmemeval-tales.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';

let space: TestSpace;
let workspace: string;

beforeAll(() => {
  space = makeTestSpace();
  workspace = space.workspace({});
  writeFileSync(join(space.root, 'longmemeval_s.jsonl'), asJsonLines(taleQuestions(20)));
  // Two of twenty look for a session that is in no haystack.
  const lost = { answer_session_ids: ['answer_lost'] };
  writeFileSync(join(space.root, 'eighteen.json'), JSON.stringify(taleQuestions(20, { 0: lost, 1: lost }).map(ofOneType)));
  writeFileSync(join(space.root, 'nineteen.json'), JSON.stringify(taleQuestions(20, { 0: lost }).map(ofOneType)));
  const told = [{ role: 'user', content: 'The answer is in answer_280350e9.' }];
  writeFileSync(join(space.root, 'leaky.json'), JSON.stringify(taleQuestions(1, { 0: { haystack_sessions: [told] } })));
});
afterAll(() => space.clear());

function ofOneType<Question extends object>(question: Question): Question {
  return { ...question, question_type: 'single-session-user' };
}

/** Runs share one server, which goes with the space. */
function lme(...args: readonly string[]): Promise<Ended> {
  const command = ['eval', 'longmemeval', ...args, '--retrieval-only', '--keyword-only', '--keep-server', '--workspace', workspace];
  return startLauter(command, { cwd: space.root }).ended;
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

test('rows go to stdout as JSON lines that LongMemEval’s own scorer can read, and talk goes to stderr', async () => {
  const { code, out, err } = await lme('longmemeval_s.jsonl');
  expect(code, err).toBe(0);
  const rows = linesOf(out).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows).toHaveLength(20);
  for (const row of rows) {
    expect(longMemEvalRowSchema.safeParse(row).error?.issues).toBeUndefined();
    expect([typeof row['question_id'], typeof row['hypothesis']]).toEqual(['string', 'string']);
  }
  expect(rows[0]).toMatchObject({ recall_hit: true, answer_session_ids: [rawId(0, [0])] });
  expect(err).toContain('S split (longmemeval_s.jsonl), 20 questions, all turns');
});

test('with --json there is one document, which holds the rows, and a report lies where it was asked for', async () => {
  const { code, out, err } = await lme('longmemeval_s.jsonl', '--limit', '3', '--json', '--report', 'report');
  expect(code, err).toBe(0);
  const report = longMemEvalReportSchema.parse(JSON.parse(out));
  expect(report).toMatchObject({
    verdict: 'accepted',
    rows: 3,
    recall: { all_types: { at: [{ k: 1, any: { hit: 3, total: 3 } }, {}, {}] } },
  });
  expect(report.hypotheses).toHaveLength(3);
  expect(existsSync(join(space.root, 'report', 'longmemeval.html'))).toBe(true);
});

test('LME-5: 18 of 20 misses a floor of .95 and ends with 1, 19 of 20 ends with 0; the summary is the last line', async () => {
  const missed = await lme('eighteen.json', '--by-type-floor', '.95', '--output', 'eighteen.jsonl');
  expect(missed.code, missed.err).toBe(1);
  expect(missed.out).toContain('single-session-user: recall_all 0.9, below the floor of 0.95 for recall_all');
  const held = await lme('nineteen.json', '--by-type-floor', '.95', '--output', 'nineteen.jsonl');
  expect(held.code, held.err).toBe(0);
  const lines = linesOf(readFileSync(join(space.root, 'nineteen.jsonl'), 'utf8'));
  expect(lines).toHaveLength(21);
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({
    kind: 'by_type_summary',
    recall_by_type: { 'single-session-user': { hit: 19, total: 20 } },
  });
});

test('gold in the texts ends the run with 2, and says where', async () => {
  const { code, out, err } = await lme('leaky.json', '--output', 'leaky.jsonl');
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toMatch(/leaks of gold, on question tale_001[^]*its text/);
});

test('vectors that were asked for and are not there make the run degraded: 2, unless that is allowed', async () => {
  const args = [
    'longmemeval_s.jsonl',
    '--limit',
    '2',
    '--strategy',
    'vector',
    '--retrieval-only',
    '--workspace',
    workspace,
    '--keep-server',
  ];
  const run = (...more: string[]): Promise<Ended> => startLauter(['eval', 'longmemeval', ...args, ...more], { cwd: space.root }).ended;
  const refused = await run();
  expect(refused.code, refused.err).toBe(2);
  expect(refused.err).toContain('no_embedder');
  expect((await run('--allow-degraded')).code).toBe(0);
});
