import { describe, expect, test } from 'vitest';
import { readScores } from '../../../domain/panel/index.ts';
import { fc } from '../../support/fast-check.ts';

const DIMENSIONS = ['goal', 'depth'];
const GOOD = '{"scores": {"goal": 8, "depth": 6.5}, "improvements": ["Name the berth."]}';
const read = (reply: string) => readScores(reply, DIMENSIONS);
const errorOf = (reply: string): string | undefined => {
  const found = read(reply);
  return found.ok ? undefined : found.error;
};

test('reads what was asked for', () => {
  expect(read(GOOD)).toEqual({ ok: true, scores: { goal: 8, depth: 6.5 }, feedback: {}, improvements: ['Name the berth.'] });
});

test('reads scores with their reasons, and strings that are exactly a number', () => {
  const reply = '{"scores": {"goal": {"score": 9, "feedback": "All berths are named."}, "depth": "7"}, "overall": 8}';
  expect(read(reply)).toEqual({ ok: true, scores: { goal: 9, depth: 7 }, feedback: { goal: 'All berths are named.' }, improvements: [] });
});

test.each([
  ['in a code fence', '```json\n' + GOOD + '\n```'],
  ['after prose with stray braces', 'The set {goal, depth} is judged: {"goal": }\n' + GOOD],
  ['before prose', GOOD + '\nI stand by these { scores }. 10 out of 10!'],
  ['after an earlier draft', '{"scores": {"goal": 1, "depth": 1}} no, rather: ' + GOOD],
  ['after a draft that was never ended', '{"scores": {"goal": 1, ' + GOOD],
])('reads the last complete JSON value: %s', (_, reply) => {
  expect(read(reply)).toMatchObject({ ok: true, scores: { goal: 8, depth: 6.5 } });
});

describe('is no reply', () => {
  test.each([
    ['a sentence', 'Goal: 9, depth: 9. This passes.', 'no complete JSON value'],
    ['nothing', '', 'no complete JSON value'],
    ['an answer that was cut off', '{"scores": {"goal": 9, "depth": 9}, "improvements": ["Name', 'no object "scores"'],
    ['an answer that was cut off at once', '{"scores": {"goal": 9', 'no complete JSON value'],
    ['a list', `[${GOOD}]`, 'not an object'],
    ['another value behind it', `${GOOD} [1]`, 'not an object'],
    ['scores outside their object', '{"goal": 9, "depth": 9}', 'no object "scores"'],
    ['a missing dimension', '{"scores": {"goal": 9}}', 'missing in the reply: depth'],
    ['a renamed dimension', '{"scores": {"goal": 9, "Depth": 9}}', 'missing in the reply: depth'],
    ['one more dimension', '{"scores": {"goal": 9, "depth": 9, "style": 9}}', '1 more dimension than'],
    ['a key that stands twice', '{"scores": {"goal": 2, "goal": 9, "depth": 9}}', 'stands twice'],
    ['a key that stands twice in the last value', `${GOOD} {"scores": {"goal": 2, "goal": 9, "depth": 9}}`, 'stands twice'],
    ['0', '{"scores": {"goal": 0, "depth": 9}}', 'the score of goal'],
    ['more than 10', '{"scores": {"goal": 9, "depth": 10.1}}', 'the score of depth'],
    ['a huge number', '{"scores": {"goal": 9, "depth": 123456789012345678901}}', 'the score of depth'],
    ['an infinite number', '{"scores": {"goal": 9, "depth": 1e999}}', 'not finite'],
    ['NaN', '{"scores": {"goal": NaN, "depth": 9}}', 'no complete JSON value'],
    ['no number', '{"scores": {"goal": null, "depth": 9}}', 'the score of goal'],
    ['true', '{"scores": {"goal": true, "depth": 9}}', 'the score of goal'],
    ['a word', '{"scores": {"goal": "nine", "depth": 9}}', 'the score of goal'],
    ['a share', '{"scores": {"goal": "9/10", "depth": 9}}', 'the score of goal'],
    ['a string with more than a number', '{"scores": {"goal": " 9", "depth": 9}}', 'the score of goal'],
    ['a number in another form', '{"scores": {"goal": "0x9", "depth": "1e1"}}', 'the score of goal'],
    ['a list of scores', '{"scores": {"goal": [9], "depth": 9}}', 'the score of goal'],
    ['a reason without its score', '{"scores": {"goal": {"feedback": "9 of 10"}, "depth": 9}}', 'the score of goal'],
    ['a prototype', '{"scores": {"goal": 9, "__proto__": {"depth": 9}}}', 'missing in the reply: depth'],
  ])('%s', (_, reply, error) => {
    expect(errorOf(reply)).toContain(error);
  });
});

test('improvements decide nothing: what is no text among them is left out', () => {
  const improvementsOf = (list: string) => read(`{"scores": {"goal": 8, "depth": 8}, "improvements": ${list}}`);
  expect(improvementsOf('["  Name the tide. ", "", 7, null]')).toMatchObject({ ok: true, improvements: ['Name the tide.'] });
  expect(improvementsOf('"Name the tide."')).toMatchObject({ ok: true, improvements: [] });
});

test('a reason why nothing could be read quotes nothing of the reply', () => {
  const word = 'quincetree';
  for (const reply of [
    word,
    `{"${word}": 1}`,
    `{"scores": {"goal": "${word}", "depth": 1}}`,
    `{"scores": {"goal": 1, "depth": 1, "${word}": 1}}`,
  ]) {
    expect(errorOf(reply)).not.toContain(word);
  }
});

test('reads exactly scores in range, whatever stands around them', () => {
  const score = fc.double({ min: -5, max: 20, noNaN: true });
  const prose = fc.string().map((text) => text.replaceAll(/[{}[\]"]/g, ' '));
  fc.assert(
    fc.property(score, score, prose, prose, (goal, depth, before, behind) => {
      const reply = `${before}${JSON.stringify({ scores: { goal, depth } })}${behind}`;
      const isFair = [goal, depth].every((each) => each >= 1 && each <= 10);
      const found = read(reply);
      expect(found.ok).toBe(isFair);
      if (found.ok) expect(found.scores).toEqual({ goal, depth });
    }),
  );
});
