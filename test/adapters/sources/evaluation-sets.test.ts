import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readEvaluationSet, type EvaluationTexts } from '../../../adapters/sources/evaluation-sets.ts';
import { ConfigError } from '../../../domain/shared/errors.ts';
import { decontaminationSettingsSchema } from '../../../schemas/decontamination-settings.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const QUESTIONS = [
  { _id: 'q1', text: 'Which dock takes cargo bikes?', metadata: { answers: ['Dock 9', 'the one at the pier'], year: 2026 } },
  { _id: 'q2', text: 'What does a lost key cost?', metadata: { answers: ['25 dollars'] } },
];
const LINES = QUESTIONS.map((question) => JSON.stringify(question)).join('\n');

async function read(files: Readonly<Record<string, string | Uint8Array>>, paths: string[], fields?: string[]): Promise<EvaluationTexts[]> {
  const items: EvaluationTexts[] = [];
  for await (const item of readEvaluationSet({ name: 'exam', paths, fields }, temporaryFolder(files))) items.push(item);
  return items;
}

async function refusal(files: Readonly<Record<string, string | Uint8Array>>, paths: string[], fields?: string[]): Promise<string> {
  const error: unknown = await read(files, paths, fields).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as ConfigError).remedy).not.toBe('');
  return (error as ConfigError).message;
}

describe('an evaluation set', () => {
  it.each([
    ['plain', LINES],
    ['gzipped', gzipSync(LINES)],
  ])('is read from %s JSON lines, every text of a record', async (_, content) => {
    expect(await read({ 'exam.jsonl': content }, ['exam.jsonl'])).toEqual([
      { item: 'exam.jsonl:1', texts: ['q1', 'Which dock takes cargo bikes?', 'Dock 9', 'the one at the pier'] },
      { item: 'exam.jsonl:2', texts: ['q2', 'What does a lost key cost?', '25 dollars'] },
    ]);
  });

  it('is read from a JSON array, fields by their paths', async () => {
    expect(await read({ 'exam.json': JSON.stringify(QUESTIONS) }, ['*.json'], ['/text', 'metadata.answers', 'metadata.year?'])).toEqual([
      { item: 'exam.json#0', texts: ['Which dock takes cargo bikes?', 'Dock 9', 'the one at the pier', '2026'] },
      { item: 'exam.json#1', texts: ['What does a lost key cost?', '25 dollars'] },
    ]);
  });

  it('is read from a JSON object by its keys', async () => {
    expect(await read({ 'exam.json': '{"q1":"Which dock?","q2":{"text":"Which key?"}}' }, ['exam.json'])).toEqual([
      { item: 'exam.json#q1', texts: ['Which dock?'] },
      { item: 'exam.json#q2', texts: ['Which key?'] },
    ]);
  });

  it('is read from text files of a folder, paragraphs together', async () => {
    expect(await read({ 'a.md': '# Fees\n\nA lost key\ncosts 25 dollars.\n', 'b.txt': 'The pier' }, ['.'])).toEqual([
      { item: 'a.md:1', texts: ['# Fees\nA lost key\ncosts 25 dollars.'] },
      { item: 'b.txt:1', texts: ['The pier'] },
    ]);
  });

  it('is read from a large text in passages that overlap', async () => {
    const lines = Array.from({ length: 12_000 }, (_, index) => `Line ${index} of the house rules, which nobody reads.`);
    const items = await read({ 'rules.txt': lines.join('\n') }, ['rules.txt']);
    expect(items.length).toBeGreaterThan(1);
    const [first, second] = items as [EvaluationTexts, EvaluationTexts];
    const last = first.texts[0]!.split('\n').at(-1)!;
    expect(second.texts[0]!.split('\n').slice(0, -1)).toContain(last);
    expect(new Set(items.flatMap(({ texts }) => texts[0]!.split('\n')))).toEqual(new Set(lines));
  });
});

describe('an evaluation set that cannot be read whole is an error', () => {
  it.each<[string, Readonly<Record<string, string | Uint8Array>>, string[], string[] | undefined, RegExp]>([
    [
      'a path that leads nowhere',
      {},
      ['exam.jsonl'],
      undefined,
      /on exam\.jsonl: expected a file that can be read, found: .*found nothing/,
    ],
    ['a glob without a match', { 'a.txt': 'x' }, ['*.jsonl'], undefined, /expected files that match \*\.jsonl, found none/],
    ['an empty file', { 'exam.jsonl': '' }, ['exam.jsonl'], undefined, /expected at least one text, found none/],
    ['an empty array', { 'exam.json': '[]' }, ['exam.json'], undefined, /expected at least one text, found none/],
    ['records without texts', { 'exam.jsonl': '{"n":1}' }, ['exam.jsonl'], undefined, /expected at least one text/],
    ['a broken line', { 'exam.jsonl': `${LINES}\n{"text":` }, ['exam.jsonl'], undefined, /on exam\.jsonl:3: expected a JSON record/],
    ['a cut array', { 'exam.json': '[{"text":"Which dock?"}' }, ['exam.json'], undefined, /expected a JSON array or object/],
    ['records a line in a .json file', { 'exam.json': LINES }, ['exam.json'], undefined, /expected a JSON array or object/],
    [
      'a field that is missing',
      { 'exam.jsonl': LINES },
      ['exam.jsonl'],
      ['question'],
      /on exam\.jsonl:1: expected a field question, found none/,
    ],
    ['another kind of file', { 'exam.csv': 'a,b' }, ['exam.csv'], undefined, /on exam\.csv: expected a file named .*found another name/],
    [
      'a damaged archive',
      { 'exam.jsonl.gz': gzipSync(LINES).subarray(0, 40) },
      ['exam.jsonl.gz'],
      undefined,
      /expected a whole gzip archive/,
    ],
    [
      'bytes that are no text',
      { 'exam.txt': Uint8Array.of(66, 0xff, 0xfe, 10) },
      ['exam.txt'],
      undefined,
      /on exam\.txt:1: expected text in UTF-8/,
    ],
  ])('%s', async (_, files, paths, fields, message) => {
    expect(await refusal(files, paths, fields)).toMatch(message);
  });
});

describe('its settings', () => {
  it('have defaults and need a name and paths for each set', () => {
    const settings = decontaminationSettingsSchema.parse({ sets: [{ name: 'exam', paths: ['exam.jsonl'] }] });
    expect(settings).toMatchObject({ max_contamination: 0.01, words_in_a_row: 13, least_words: 8, most_texts_sharing: 10, allow: [] });
    expect(decontaminationSettingsSchema.safeParse({ sets: [{ name: 'exam', paths: [] }] }).success).toBe(false);
    expect(decontaminationSettingsSchema.safeParse({ least_words: 13, words_in_a_row: 12 }).success).toBe(false);
  });
});
