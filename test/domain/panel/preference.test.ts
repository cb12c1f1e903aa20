import { expect, test } from 'vitest';
import { readPreferences, settleSwap } from '../../../domain/panel/index.ts';

const DIMENSIONS = ['goal', 'depth'];

test('reads which of two texts is better', () => {
  const reply = 'I read both. {"better": {"goal": "first", "depth": "tie"}}';
  expect(readPreferences(reply, DIMENSIONS)).toEqual({ ok: true, preferences: { goal: 'first', depth: 'tie' } });
});

test.each([
  ['a sentence', 'The first one is better.', 'no complete JSON value'],
  ['no preferences', '{"scores": {}}', 'no object "better"'],
  ['a missing dimension', '{"better": {"goal": "first"}}', 'missing in the reply: depth'],
  ['another dimension', '{"better": {"goal": "first", "depth": "tie", "style": "first"}}', '1 more dimension than'],
  ['another word', '{"better": {"goal": "first", "depth": "both"}}', 'the preference in depth'],
  ['a number', '{"better": {"goal": 1, "depth": "tie"}}', 'the preference in goal'],
])('%s is no comparison', (_, reply, error) => {
  expect(readPreferences(reply, DIMENSIONS)).toEqual({ ok: false, error: expect.stringContaining(error) as string });
});

test.each([
  ['first', 'second', 'output'],
  ['second', 'first', 'reference'],
  ['tie', 'tie', 'tie'],
  // A judge that likes a place, not a text.
  ['first', 'first', 'tie'],
  ['second', 'second', 'tie'],
  ['first', 'tie', 'tie'],
  ['tie', 'first', 'tie'],
] as const)('the output first: %s; the reference first: %s; so: %s', (outputFirst, referenceFirst, settled) => {
  expect(settleSwap({ goal: outputFirst }, { goal: referenceFirst })).toEqual({ goal: settled });
});
