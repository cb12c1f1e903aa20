import { expect, test } from 'vitest';
import { pausedBySignals } from '../../../cli/runs/paused-by-signals.ts';

const byUser = { name: 'pause', argument: 'user' };
const byInterrupt = { name: 'pause', argument: 'interrupt' };
const resume = { name: 'resume', argument: undefined };
const adopt = { name: 'adopt', argument: undefined };

test.each([
  ['nothing happened', null, [], null],
  ['a person paused it', null, [byUser], 'user'],
  ['it was paused and resumed', null, [byUser, resume], null],
  ['its command was interrupted', null, [byInterrupt], 'interrupt'],
  ['another command carries an interrupted run on', null, [byInterrupt, adopt], null],
  ['another command carries on what a person paused', null, [byUser, adopt], 'user'],
  ['a person paused it after the interrupt', null, [byInterrupt, byUser, adopt], 'user'],
  ['an earlier part of the run was paused', 'user', [], 'user'],
  ['an earlier part was paused, and then it was resumed', 'user', [resume], null],
  ['an unknown signal came', 'interrupt', [{ name: 'toast', argument: 'user' }], 'interrupt'],
] as const)('%s', (_, before, signals, expected) => {
  expect(pausedBySignals(before, signals)).toBe(expected);
});
