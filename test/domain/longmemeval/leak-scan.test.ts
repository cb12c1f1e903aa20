import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { buildHaystack, findLeakInPages, findLeakInText } from '../../../domain/longmemeval/index.ts';
import { taleQuestions } from '../../support/longmemeval-tales.ts';

const { pages, rawIds } = buildHaystack(taleQuestions(1)[0]!, sha256);
const ids = [...rawIds.values()];
const [page, ...others] = pages as [(typeof pages)[0], ...typeof pages];

test('an honest haystack leaks nothing', () => {
  expect(findLeakInPages(pages, ids)).toBeUndefined();
});

describe('the scan finds', () => {
  test.each([
    ['a raw id as slug', { slug: ids[0]! }, 'slug'],
    ['a raw id as session', { session_id: ids[0]! }, 'slug'],
    ['a title', { title: 'Evidence' }, 'title'],
    ['an alias', { aliases: [ids[0]!] }, 'fields'],
    ['a field that sessions do not have', { compiled_truth: 'twelve' }, 'fields'],
    ['a date that is none', { effective_date: ids[0]! }, 'fields'],
    ['the prefix of evidence sessions in a text', { text: 'see answer_280352e9' }, 'text'],
    ['the flag of evidence turns in a text', { text: '{"has_answer": true}' }, 'text'],
    ['a raw id in a text', { text: `as we said in 4fd76311, the pier is closed` }, 'text'],
  ])('%s', (_what, change, where) => {
    expect(findLeakInPages([{ ...page, ...change }, ...others], ids)).toMatchObject({ where });
  });

  test('ids of any spelling in a prompt', () => {
    expect(findLeakInText('prompt', 'from chat no/7 of May', ['chat no/7'])).toEqual({ where: 'prompt', what: 'a session id' });
    expect(findLeakInText('query', 'what of (ultrachat_311844)?', ['ultrachat_311844'])).toMatchObject({ where: 'query' });
  });
});

test('words that only look like a part of an id, and ids that are plain words, are let be', () => {
  expect(findLeakInText('prompt', 'order 4fd763110 and 14fd76311', ['4fd76311'])).toBeUndefined();
  expect(findLeakInText('prompt', 'a storm at 7', ['storm', '7', 'a'])).toBeUndefined();
});
