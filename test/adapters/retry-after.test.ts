import { expect, test } from 'vitest';
import { readApiKey } from '../../adapters/api-key.ts';
import { readRetryAfter } from '../../adapters/retry-after.ts';

const NOW = Date.parse('2026-03-01T06:00:00Z');

test.each([
  ['7', 7000],
  [' 0 ', 0],
  ['1.5', 1500],
  ['Sun, 01 Mar 2026 06:00:30 GMT', 30_000],
  ['Sun, 01 Mar 2026 05:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  ['', null],
  [undefined, null],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(readRetryAfter(header, NOW)).toBe(expected);
});

test('the key of the variable that the config names', () => {
  expect(readApiKey({ HARBOUR_KEY: ' berth-7 ' }, 'HARBOUR_KEY')).toBe('berth-7');
  expect(readApiKey({}, undefined)).toBeUndefined();
});

test('a key that cannot be sent is told by the name of its variable, never by its value', () => {
  expect(() => readApiKey({}, 'HARBOUR_KEY')).toThrow('environment variable HARBOUR_KEY: expected a key, found nothing');
  expect(() => readApiKey({ HARBOUR_KEY: 'berth\r\nx-evil: 1' }, 'HARBOUR_KEY')).toThrow('found characters that a header cannot hold');
  expect(() => readApiKey({ HARBOUR_KEY: 'berth\r\nx-evil: 1' }, 'HARBOUR_KEY')).not.toThrow('evil');
});
