import { describe, expect, test } from 'vitest';
import { isCaptureOn, isScrubOn } from '../../../domain/capture/index.ts';

test('CAP-1: without config and environment nothing is captured', () => {
  expect(isCaptureOn({})).toBe(false);
});

test('CAP-2: the contributor mode 1 captures', () => {
  expect(isCaptureOn({ contributorMode: '1' })).toBe(true);
});

test.each(['true', 'yes', '0', '', ' 1', '1 ', '01', 'TRUE'])('CAP-3: the contributor mode %j does not', (contributorMode) => {
  expect(isCaptureOn({ contributorMode })).toBe(false);
});

describe('a config that says true or false decides in both directions', () => {
  test.each([
    [true, undefined, true],
    [true, '0', true],
    [false, '1', false],
    ['true', '1', true],
    ['true', undefined, false],
    [null, '1', true],
    [1, undefined, false],
  ])('CAP-4: eval.capture %j, contributor mode %j', (configured, contributorMode, expected) => {
    expect(isCaptureOn({ configured, contributorMode })).toBe(expected);
  });
});

test.each([undefined, null, {}, { scrub_pii: true }, { scrub_pii: null }, { scrub_pii: 0 }, { scrub_pii: 'false' }])(
  'CAP-5: scrubbing is on for %j',
  (config) => {
    expect(isScrubOn(config)).toBe(true);
  },
);

test('CAP-5: only an explicit false turns scrubbing off', () => {
  expect(isScrubOn({ scrub_pii: false })).toBe(false);
});
