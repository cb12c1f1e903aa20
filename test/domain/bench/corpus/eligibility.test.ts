import { describe, expect, it } from 'vitest';
import { isEligible } from '../../../../domain/bench/corpus/eligibility.ts';
import type { JsonObject } from '../../../../domain/shared/json.ts';

const idle: JsonObject = { command: 'clear', duration_ms: 99, stdout: '', stderr: '' };

describe('shell', () => {
  it.each(['', 'clear', 'exit', 'exec', 'true', ':', ' exit '])('drops a quick, silent "%s"', (command) => {
    expect(isEligible('shell', { ...idle, command })).toBe(false);
  });

  it.each([
    ['that took 100 ms', { ...idle, duration_ms: 100 }],
    ['whose duration nobody measured', { ...idle, duration_ms: null }],
    ['that printed something', { ...idle, stdout: 'sky clear' }],
    ['that complained', { ...idle, stderr: 'no terminal' }],
    ['that does something', { ...idle, command: 'clear-sky --now' }],
  ])('keeps a command %s', (_, payload) => expect(isEligible('shell', payload)).toBe(true));

  it('takes a missing command for an empty one', () => expect(isEligible('shell', { duration_ms: 5 })).toBe(false));
});

describe('claude', () => {
  it.each([
    ['two messages and no calls', { message_count: 2, tool_calls_json: '[]' }, false],
    ['two messages and a blank list', { message_count: 2, tool_calls_json: ' [ ] ' }, false],
    ['two messages and nothing said of calls', { message_count: 2 }, false],
    ['two messages and a call', { message_count: 2, tool_calls_json: '[{"name":"point"}]' }, true],
    ['three messages', { message_count: 3, tool_calls_json: '[]' }, true],
    ['messages that nobody counted', { tool_calls_json: '[]' }, true],
  ])('with %s', (_, payload, eligible) => expect(isEligible('claude', payload)).toBe(eligible));
});

describe('browser', () => {
  it.each([
    ['999 ms', { dwell_ms: 999 }, false],
    ['1000 ms', { dwell_ms: 1000 }, true],
    ['nobody knows how long', {}, true],
  ])('that was looked at for %s', (_, payload, eligible) => expect(isEligible('browser', payload)).toBe(eligible));
});

it('keeps every workflow and every source without rules', () => {
  expect(isEligible('workflow', {})).toBe(true);
  expect(isEligible('weather', { command: 'clear' })).toBe(true);
});
