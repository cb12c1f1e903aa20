import { expect, test } from 'vitest';
import * as errors from '../../domain/shared/errors.ts';
import { PERMANENT_FAILURES } from '../../schemas/vocabulary.ts';
import { PROFILES } from '../../temporal.config.ts';

const classes: Readonly<Record<string, unknown>> = { ...errors };

/** True when errors.ts has a concrete class of that name, so that an activity can fail with it. */
function canBeThrown(name: string): boolean {
  const found = classes[name];
  return typeof found === 'function' && found.prototype instanceof errors.LauterError;
}

test.each(PERMANENT_FAILURES)('%s is a class of domain/shared/errors.ts, and its failures carry that name', (name) => {
  expect(canBeThrown(name)).toBe(true);
  const failure = new (classes[name] as new (message: string, remedy: string) => errors.LauterError)('what happened', 'what to do');
  expect([failure.name, failure.message, failure.remedy]).toEqual([name, 'what happened', 'what to do']);
});

test('a name without a class, and a class that nobody can make, are told apart from these', () => {
  expect(canBeThrown('LetterLostError')).toBe(false);
  expect(canBeThrown('LauterError')).toBe(false);
});

test('every activity profile retries none of them', () => {
  for (const { retry } of Object.values(PROFILES)) expect(retry.nonRetryableErrorTypes).toEqual([...PERMANENT_FAILURES]);
});

test('an engine that is not there comes back: its error is not permanent', () => {
  expect(canBeThrown('EngineError')).toBe(true);
  expect(PERMANENT_FAILURES).not.toContain('EngineError');
});
