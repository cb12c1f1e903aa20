import { describe, expect, test } from 'vitest';
import { findLeakInText, neutralizeMarks } from '../../../domain/longmemeval/index.ts';
import { analyze } from '../../../domain/search/index.ts';
import { fc } from '../../support/fast-check.ts';

const IDS = new Set(['answer_280350e9', 'answer_kelp', 'quay_01']);

describe('words of programmers', () => {
  test.each([
    ['answer_text = tide.answer_key', 'answer-text = tide.answer-key'],
    ['final_answer_2', 'final_answer-2'],
    ['if has_answer:', 'if has-answer:'],
    ['{"has_answer_id": 7}', '{"has-answer-id": 7}'],
    ['print("has_answer", quay)', 'print("has-answer", quay)'],
    ['answer_answer_', 'answer-answer-'],
    ['answer_feedback and answer_280350', 'answer-feedback and answer-280350'],
    ['an answer, has answer, ANSWER_KEY', 'an answer, has answer, ANSWER_KEY'],
  ])('%s becomes %s, which is nothing that the scan refuses', (text, expected) => {
    const neutral = neutralizeMarks(text, IDS);
    expect(neutral).toBe(expected);
    expect(findLeakInText('prompt', neutral, IDS)).toBeUndefined();
    expect(analyze(neutral)).toEqual(analyze(text));
  });
});

describe('what may be gold', () => {
  test.each([
    ['an id of this question', 'as in answer_280350e9, fog'],
    ['an id of this question that is two plain words', 'as in answer_kelp, fog'],
    ['an id of another question', 'as in answer_99999999_2.'],
    ['an id of a chat that was shared', 'answer_sharegpt_CaxTGYP_0'],
    ['another of these', 'see https://harbour.example/answer_ultrachat_427265/'],
    ['the flag in JSON', '{"has_answer": true}'],
    ['the flag in a print', "{'has_answer':False, 'role': 'user'}"],
  ])('%s stays as it is, and the scan refuses it', (_what, text) => {
    expect(neutralizeMarks(text, IDS)).toBe(text);
    expect(findLeakInText('prompt', text, IDS)).toBeDefined();
  });
});

test('whatever the text: no mark is left that is not left for the scan, and doing it again changes nothing', () => {
  const piece = fc.constantFrom('answer_', 'has_', 'answer', '_', '-', 'a1b2c3d4', '"', ': true', ' ', 'quay', 'sharegpt_', '\n', '7');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('');
      const neutral = neutralizeMarks(text, IDS);
      expect(neutral).toHaveLength(text.length);
      expect(neutral.replaceAll('-', '_')).toBe(text.replaceAll('-', '_'));
      expect(neutralizeMarks(neutral, IDS)).toBe(neutral);
    }),
  );
});
