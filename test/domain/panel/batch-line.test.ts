import { expect, test } from 'vitest';
import { readBatchLine } from '../../../domain/panel/index.ts';

const ROW = { question_id: 'tale_001', question: 'Who keeps the lighthouse?', hypothesis: 'The widow of the pilot.' };
const read = (changes: object, line = 3) => readBatchLine(JSON.stringify({ ...ROW, ...changes }), line);

test('a row with question and hypothesis is to be judged', () => {
  expect(read({})).toEqual({ kind: 'question', ...ROW, reference: null, models: [] });
});

test('a row tells its right answer, a number too, and who answered', () => {
  const row = { answer: 12, reader_model: 'reader-8b', reader_model_snapshot: 'reader-8b-20260301' };
  expect(read(row)).toMatchObject({ reference: '12', models: ['reader-8b', 'reader-8b-20260301'] });
});

test('a row without an id goes by its line', () => {
  expect(read({ question_id: undefined })).toMatchObject({ question_id: 'line-3' });
  expect(read({ question_id: 7 })).toMatchObject({ question_id: '7' });
});

test('XM-9: a line of kind by_type_summary is metadata', () => {
  expect(readBatchLine('{"schema_version": 1, "kind": "by_type_summary", "recall_by_type": {}}', 9)).toEqual({ kind: 'metadata' });
});

test.each([
  ['a text', 'the reader hung', 'the reader hung'],
  ['anything else', { code: 500 }, 'the row says that it failed'],
])('XM-10: a row whose error is %s is an error from before', (_, error, told) => {
  expect(read({ error, hypothesis: '' })).toEqual({ kind: 'upstream_error', question_id: 'tale_001', error: told });
});

test.each([null, '', false])('a row whose error is %j has none', (error) => {
  expect(read({ error })).toMatchObject({ kind: 'question' });
});

test.each([
  ['no question', JSON.stringify({ ...ROW, question: undefined })],
  ['a blank question', JSON.stringify({ ...ROW, question: ' \n' })],
  ['a question that is no text', JSON.stringify({ ...ROW, question: 7 })],
  ['no hypothesis', JSON.stringify({ ...ROW, hypothesis: undefined })],
  ['a blank hypothesis', JSON.stringify({ ...ROW, hypothesis: '' })],
  ['a torn end', '{"question_id": "tale_001", "question": "Who'],
  ['a list', '[1, 2]'],
  ['a key that stands twice', '{"question": "Who?", "question": "When?", "hypothesis": "Now."}'],
])('XM-11: a row with %s is malformed', (_, line) => {
  expect(readBatchLine(line, 3)).toMatchObject({ kind: 'malformed', error: expect.stringContaining('line 3') as string });
});
