import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ArrayCutter } from '../../../adapters/longmemeval/array-cutter.ts';
import { readQuestion, scanDataset, type DatasetEntry } from '../../../adapters/longmemeval/scan-dataset.ts';
import { fc } from '../../support/fast-check.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function scan(text: string | Uint8Array): Promise<{ path: string; entries: DatasetEntry[] }> {
  const path = join(temporaryFolder(), 'dataset');
  writeFileSync(path, text);
  const entries: DatasetEntry[] = [];
  for await (const entry of scanDataset(path)) entries.push(entry);
  return { path, entries };
}

const QUESTIONS = [
  { question_id: 'pier', question: 'A "quoted" word, a \\ and a brace } ] in a string?' },
  { question_id: 'buoy', question: 'Ends in a backslash \\', haystack: [[{ a: [1, { b: '[' }] }]] },
  { question: 'the id comes later', question_id: 'reef' },
];
const FORMS = {
  array: JSON.stringify(QUESTIONS),
  'indented array': `\uFEFF${JSON.stringify(QUESTIONS, null, 2)}\n`,
  'JSON lines': QUESTIONS.map((question) => `${JSON.stringify(question)}\n`).join(''),
  'JSON lines with blank ones, and without a last line feed': `\n${QUESTIONS.map((question) => JSON.stringify(question)).join('\r\n\n')}`,
};

describe.each(Object.entries(FORMS))('%s', (_form, text) => {
  test('every question is found at its place, and ids at the front are told', async () => {
    const { path, entries } = await scan(text);
    expect(entries.map((entry) => readQuestion(path, entry))).toEqual(QUESTIONS);
    expect(entries.map((entry) => ('questionId' in entry ? entry.questionId : entry.fault))).toEqual(['pier', 'buoy', null]);
  });
});

test('lines are counted from 1', async () => {
  const { entries } = await scan('\n{"question_id":"pier"}\n{"question_id":"buoy"}\n');
  expect(entries.map(({ line }) => line)).toEqual([2, 3]);
});

test.each([
  ['cut off', '[{"question_id": "pier"}, {"question_id": "bu'],
  ['not closed', '[{"question_id": "pier"}'],
  ['of texts', '[{"question_id": "pier"}, "buoy"]'],
  ['with something behind it', '[{"question_id": "pier"}] more'],
])('an array that is %s ends in a fault', async (_what, text) => {
  const { entries } = await scan(text);
  expect(entries[0]).toMatchObject({ questionId: 'pier' });
  expect(entries.at(-1)).toHaveProperty('fault');
});

test('what is not JSON, or not UTF-8, is no question', async () => {
  const { path, entries } = await scan(
    Buffer.concat([Buffer.from('{"question_id":"pier"\n{"question_id":"'), Buffer.from([0xff]), Buffer.from('"}\n')]),
  );
  expect(entries.map((entry) => readQuestion(path, entry))).toEqual([undefined, undefined]);
  expect(readFileSync(path).length).toBeGreaterThan(0);
});

test('wherever an array is cut into pieces, its elements lie at the same places', () => {
  const element = fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()));
  fc.assert(
    fc.property(fc.array(element), fc.integer({ min: 1, max: 7 }), (values, size) => {
      const bytes = Buffer.from(JSON.stringify(values));
      const cutter = new ArrayCutter();
      const found = [];
      for (let at = 0; at < bytes.length; at += size) found.push(...cutter.feed(bytes.subarray(at, at + size)));
      expect(cutter.fault()).toBeUndefined();
      expect(found.map(({ start, end }) => JSON.parse(bytes.subarray(start, end).toString()) as unknown)).toEqual(
        JSON.parse(bytes.toString()),
      );
    }),
  );
});
