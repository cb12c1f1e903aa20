import { expect, test } from 'vitest';
import { parseDimensions } from '../../../domain/panel/index.ts';
import { UsageError } from '../../../domain/shared/errors.ts';

test('takes names, known ones and others, in their order', () => {
  expect(parseDimensions('goal, sea-legs,Salt_2')).toEqual(['goal', 'sea-legs', 'Salt_2']);
});

test.each([
  ['nothing', '', '""'],
  ['a name that is missing', 'goal,,depth', '""'],
  ['a sentence', 'is it salty?', '"is it salty?"'],
  ['a digit first', '2nd', '"2nd"'],
  ['a mark of JSON', 'goal"', '"goal\\""'],
  ['a name that is too long', 'a'.repeat(41), 'at most 40'],
  ['a name twice', 'goal,depth,Goal', 'Goal twice'],
  ['too many', Array.from({ length: 13 }, (_, at) => `pier${at}`).join(), 'found 13'],
])('refuses %s', (_, given, told) => {
  expect(() => parseDimensions(given)).toThrow(UsageError);
  expect(() => parseDimensions(given)).toThrow(told);
});
