import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { COLUMN_RULES } from '../../domain/export/index.ts';
import type { Message } from '../../schemas/evidence.ts';
import { FORM_REFUSALS, FORMS_OF_SET, type FormName, type Split } from '../../schemas/vocabulary.ts';
import { assistant, calls, pairRow, sftRow, system, TIDE_TABLE, tool, user } from '../domain/export/forms/form-rows.ts';
import { writeFormsOf, type FormRun } from './form-run.ts';

const conversation = (n: number, split: Split, messages: readonly Message[], more: object = {}): object =>
  sftRow(messages, { id: String(n).repeat(64), split, ...more });
/** A day at the harbour desk: plain, with a system prompt, over several turns, with tools, partially accepted, and two that no form can hold. */
const SFT = [
  conversation(1, 'train', [user('Low water?'), assistant('At 6:40.')]),
  conversation(2, 'train', [system('You run the desk.'), user('High water?'), assistant('At 12:55.'), user('Sure?'), assistant('Sure.')]),
  conversation(3, 'test', [user('The 2nd?'), calls('Let me look.', ['call-1', '{"day":2}']), tool('call-1', '06:40'), assistant('6:40.')], {
    tools: [TIDE_TABLE],
  }),
  conversation(4, 'train', [user('Note it.'), calls('', ['call-1', '{}'], ['call-2', '{}']), tool('call-1', ''), tool('call-2', 'ok')], {
    quality_score: 'partially_accepted',
  }),
  conversation(5, 'train', [user('The 2nd?'), calls('', ['call-1', 'day two']), tool('call-1', '06:40'), assistant('6:40.')]),
  conversation(6, 'validation', [user('Low water?'), assistant('At 6:40.'), user(' '), assistant('Anything else?')]),
];
const sides = (chosen: Message[], rejected: Message[]) => ({ prompt: [system('You run the desk.'), user('Low water?')], chosen, rejected });
const PAIRS = [
  pairRow(sides([assistant('At 6:40.')], [assistant('At noon.')]), { id: 'p1', chosen_id: '1'.repeat(64), rejected_id: '2'.repeat(64) }),
  pairRow(sides([assistant('At 6:40.')], [calls('', ['call-1', '{}']), tool('call-1', 'no such day'), assistant('At noon.')]), {
    id: 'p2',
    split: 'test',
    chosen_id: '3'.repeat(64),
    rejected_id: '4'.repeat(64),
  }),
];
const ALL = { as: ['openai', 'trl', 'sharegpt', 'unpaired'] as ('openai' | 'trl' | 'sharegpt' | 'unpaired')[] };

describe('the forms of SFT', () => {
  test('are one file for each split that has rows, and an index that accounts for every row', async () => {
    const run = await writeFormsOf('sft', SFT, ALL);
    expect(countLines(run, 'sft/openai')).toEqual({ train: 3, validation: null, test: 1 });
    expect(countLines(run, 'sft/trl')).toEqual({ train: 3, validation: 1, test: 1 });
    expect(countLines(run, 'sft/sharegpt')).toEqual({ train: 3, validation: null, test: 1 });
    expect(
      run
        .rows('sft/openai.index.jsonl')
        .map(({ id, split, line, cut_turns, left_out }) => [String(id)[0], split, line, cut_turns, left_out]),
    ).toEqual([
      ['1', 'train', 0, 0, null],
      ['2', 'train', 1, 0, null],
      ['3', 'test', 0, 0, null],
      ['4', 'train', 2, 2, null],
      ['5', 'train', null, 0, 'arguments_not_json'],
      ['6', 'validation', null, 0, 'blank_turn'],
    ]);
  });

  test('are not written unless asked for', async () => {
    const run = await writeFormsOf('sft', SFT, { as: ['trl'] });
    expect(run.onDisk().filter((name) => name.includes('openai') || name.includes('sharegpt'))).toEqual([]);
    expect((await writeFormsOf('rag', [], ALL)).files.map((file) => file.name)).toEqual(['rag/playbooks.jsonl.schema.json']);
  });
});

test('the forms of preference lead back to the pair', async () => {
  const run = await writeFormsOf('preference', PAIRS, ALL);
  expect(countLines(run, 'preference/openai')).toEqual({ train: 1, validation: null, test: null });
  expect(countLines(run, 'preference/trl')).toEqual({ train: 1, validation: null, test: 1 });
  expect(run.rows('preference/unpaired/train.jsonl').map(({ id, pair_id, label }) => [String(id)[0], pair_id, label])).toEqual([
    ['1', 'p1', true],
    ['2', 'p1', false],
  ]);
  expect(run.rows('preference/unpaired.index.jsonl').map(({ id, side, split, line }) => [id, side, split, line])).toEqual([
    ['p1', 'chosen', 'train', 0],
    ['p1', 'rejected', 'train', 1],
    ['p2', 'chosen', 'test', 0],
    ['p2', 'rejected', 'test', 1],
  ]);
  expect(run.rows('preference/openai.index.jsonl')[1]).toMatchObject({ id: 'p2', line: null, left_out: 'several_turns' });
});

test('every line keeps the published rules and the schema beside its file, which a broken line does not', async () => {
  let lines = 0;
  for (const [set, rows] of [
    ['sft', SFT],
    ['preference', PAIRS],
  ] as const) {
    const run = await writeFormsOf(set, rows, ALL);
    for (const form of FORMS_OF_SET[set].map((word) => `${set}/${word}` as FormName)) {
      for (const { name } of run.files.filter((file) => file.name.startsWith(`${form}/`) && file.name.endsWith('.jsonl'))) {
        const isLawful = new Ajv().compile(JSON.parse(run.text(`${name}.schema.json`)) as object);
        for (const row of run.rows(name)) {
          lines += 1;
          expect(COLUMN_RULES[form].faultsOf(row)).toEqual([]);
          expect(isLawful(row), JSON.stringify(isLawful.errors)).toBe(true);
          expect(isLawful({ ...row, tide: 'low' })).toBe(false);
          const [column] = Object.keys(COLUMN_RULES[form].columns).filter((key) => row[key] !== undefined && row[key] !== null);
          expect(isLawful({ ...row, [column!]: 7 })).toBe(false);
        }
      }
    }
    const isIndexed = new Ajv().compile(JSON.parse(run.text(`${set}/openai.index.jsonl.schema.json`)) as object);
    for (const row of run.rows(`${set}/openai.index.jsonl`)) expect(isIndexed(row)).toBe(true);
    expect(isIndexed({ id: 'a', line: -1 })).toBe(false);
    const isRow = new Ajv({ formats: {} }).compile(JSON.parse(run.text(run.files[0]!.name)) as object);
    for (const row of rows) expect(isRow(row)).toBe(true);
    expect(isRow({ ...rows[0], split: 'holdout' })).toBe(false);
  }
  // SFT: 4 as OpenAI, 5 for TRL, 4 as ShareGPT. Preference: 1 as OpenAI, 2 for TRL, 4 unpaired.
  expect(lines).toBe(20);
});

test('files are told with their true size, rows and digest, and nothing else is left', async () => {
  const run = await writeFormsOf('sft', SFT, { ...ALL, formats: ['jsonl', 'arrow'] });
  for (const { name, bytes, sha256, rows } of run.files) {
    const content = readFileSync(run.path(name));
    expect({ name, bytes, sha256 }).toEqual({ name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
    if (name.endsWith('.jsonl')) expect(rows).toBe(run.rows(name).length);
  }
  expect(run.onDisk()).toEqual(['sft/instruction_response.jsonl', ...run.files.map((file) => file.name)].sort());
});

test('an attempt that is stopped amid the lines leaves no form behind', async () => {
  const stopping = {
    throwIfStopped: () => {
      throw new Error('stopped');
    },
    report: () => undefined,
  };
  const error = await writeFormsOf('sft', SFT, { as: ['trl'] }, stopping).then(
    () => undefined,
    (reason: unknown) => reason as Error & { onDisk: string[] },
  );
  expect(error?.message).toBe('stopped');
  expect(error?.onDisk).toEqual(['sft/instruction_response.jsonl', 'sft/instruction_response.jsonl.schema.json']);
});

test('every reason to leave a row out has a sentence', () => {
  for (const sentence of Object.values(FORM_REFUSALS)) expect(sentence).toMatch(/^[A-Z].*\.$/);
});

function countLines(run: FormRun, form: string): Record<Split, number | null> {
  const count = (split: Split): number | null => (run.has(`${form}/${split}.jsonl`) ? run.rows(`${form}/${split}.jsonl`).length : null);
  return { train: count('train'), validation: count('validation'), test: count('test') };
}
