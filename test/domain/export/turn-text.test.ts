import { describe, expect, test } from 'vitest';
import { hasAssistantTurn, textOfTurns } from '../../../domain/export/turn-text.ts';
import { assistant, call, result, user } from './records.ts';

describe('textOfTurns', () => {
  test('is the same for turns that differ in white space only', () => {
    expect(textOfTurns([assistant('Low tide:\n\n  6:40 ')])).toBe(textOfTurns([assistant('Low tide: 6:40')]));
  });

  test('is the same for tool calls that differ in their ids only', () => {
    const calling = (id: string) => [user('Low tide?'), assistant('', call(id)), result(id), assistant('At 6:40.')];
    expect(textOfTurns(calling('call_8f2'))).toBe(textOfTurns(calling('call_c01')));
  });

  test('is another for another word, role, tool, argument or order', () => {
    const texts = [
      [user('Low tide?'), assistant('At 6:40.')],
      [user('Low tide?'), assistant('At 6:41.')],
      [assistant('Low tide?'), assistant('At 6:40.')],
      [user('Low tide?'), assistant('At 6:40.', call('c1'))],
      [user('Low tide?'), assistant('At 6:40.', call('c1', 'sun_table'))],
      [user('Low tide?'), assistant('At 6:40.', call('c1', 'tide_table', '{"day":2}'))],
      [assistant('At 6:40.'), user('Low tide?')],
      [user('Low tide?\n\nassistant\nAt 6:40.')],
      [user('Low tide?')],
    ].map(textOfTurns);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

test('hasAssistantTurn wants words or a tool call', () => {
  expect(hasAssistantTurn([user('Low tide?')])).toBe(false);
  expect(hasAssistantTurn([user('Low tide?'), assistant(' \n')])).toBe(false);
  expect(hasAssistantTurn([user('Low tide?'), assistant('6:40')])).toBe(true);
  expect(hasAssistantTurn([user('Low tide?'), assistant('', call('c1'))])).toBe(true);
});
