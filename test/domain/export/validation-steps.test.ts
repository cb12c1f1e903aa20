import { expect, test } from 'vitest';
import { findValidationSteps, VALIDATION_VERBS } from '../../../domain/export/validation-steps.ts';

test('the five verbs of the documents', () => {
  expect([...VALIDATION_VERBS].sort()).toEqual(['assert', 'check', 'confirm', 'ensure', 'verify']);
});

test('lines that begin with a verb, list marks and indentation left out, in their order', () => {
  const text = [
    'Moor the ferry.',
    'Verify that both lines hold.',
    '  - check the fenders  ',
    '3. Ensure the ramp is down\r',
    '2) CONFIRM by radio',
    '> assert depth > 4',
    '* + confirm nothing',
    'Then check the engine.',
    'Checking takes a minute.',
    'verification is done',
    '\tcheck',
    'check: the log',
  ].join('\n');
  expect(findValidationSteps(text)).toEqual([
    'Verify that both lines hold.',
    'check the fenders',
    'Ensure the ramp is down',
    'CONFIRM by radio',
    'assert depth > 4',
    'check',
    'check: the log',
  ]);
});

test('at most so many', () => {
  expect(findValidationSteps('check one\ncheck two\ncheck three', 2)).toEqual(['check one', 'check two']);
  expect(findValidationSteps('check it\n'.repeat(60))).toHaveLength(50);
});

test('none in a text without one', () => {
  expect(findValidationSteps('')).toEqual([]);
  expect(findValidationSteps('The tide is low at 6:40.')).toEqual([]);
});
