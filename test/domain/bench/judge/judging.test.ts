import { describe, expect, test } from 'vitest';
import { startJudging, takeJudgeReply } from '../../../../domain/bench/judge/judging.ts';
import { readJudgeReply } from '../../../../domain/bench/judge/read-reply.ts';

const SCORES = { accuracy: 4, usefulness: 3, ask_suitability: 5 };
const REPLY = JSON.stringify(SCORES);

describe('reading a reply', () => {
  test.each([REPLY, `\n ${REPLY}\n`, `\`\`\`json\n${REPLY}\n\`\`\``, '{"ask_suitability":5,"usefulness":3,"accuracy":4.0}'])(
    '%s',
    (reply) => {
      expect(readJudgeReply(reply)).toEqual(SCORES);
    },
  );

  test.each([
    '',
    'Good.',
    `Here: ${REPLY}`,
    `${REPLY} I hope that helps.`,
    '{"accuracy":4,"usefulness":3}',
    '{"accuracy":4,"usefulness":3,"ask_suitability":5,"mood":5}',
    '{"accuracy":"4","usefulness":3,"ask_suitability":5}',
    '{"accuracy":4.5,"usefulness":3,"ask_suitability":5}',
    '{"accuracy":0,"usefulness":3,"ask_suitability":5}',
    '{"accuracy":6,"usefulness":3,"ask_suitability":5}',
    '{"accuracy":null,"usefulness":3,"ask_suitability":5}',
    '{"accuracy":true,"usefulness":3,"ask_suitability":5}',
    '{"accuracy":1,"accuracy":5,"usefulness":3,"ask_suitability":5}',
    '{"toString":4,"usefulness":3,"ask_suitability":5}',
    `[${REPLY}]`,
    'null',
    '['.repeat(10_000),
  ])('%s: cannot be read', (reply) => {
    expect(readJudgeReply(reply)).toBeUndefined();
  });
});

describe('the retry', () => {
  test('one unreadable reply is asked about again, two are the end', () => {
    const again = takeJudgeReply(startJudging('note'), 'Good.');
    expect(again).toEqual({ state: 'asking', unreadable: 1 });
    expect(takeJudgeReply(again, REPLY)).toEqual({ state: 'scored', scores: SCORES });
    expect(takeJudgeReply(again, 'Very good.')).toEqual({ state: 'unscored', reason: 'unreadable_reply' });
  });

  test('a call that failed for good, or a note that never was, is unscored', () => {
    expect(takeJudgeReply(startJudging('note'), null)).toEqual({ state: 'unscored', reason: 'call_failed' });
    expect(startJudging(null)).toEqual({ state: 'unscored', reason: 'no_output' });
  });

  test('what is decided stays decided', () => {
    const scored = takeJudgeReply(startJudging('note'), REPLY);
    expect(takeJudgeReply(scored, 'Good.')).toBe(scored);
    expect(takeJudgeReply(startJudging(null), REPLY)).toEqual({ state: 'unscored', reason: 'no_output' });
  });
});
