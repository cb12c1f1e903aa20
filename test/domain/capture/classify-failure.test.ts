import { expect, test } from 'vitest';
import { CheckViolation, classifyFailure, ScrubberException } from '../../../domain/capture/index.ts';
import { DiskFullError } from '../../../domain/shared/errors.ts';

function withCode(code: unknown): Error {
  return Object.assign(new Error('the store refused'), { code });
}

test.each([
  [withCode('42501'), 'rls_reject'],
  [withCode('42P01'), 'db_down'],
  [withCode('08006'), 'db_down'],
  [withCode('08003'), 'db_down'],
  [withCode('53300'), 'db_down'],
  [withCode('23514'), 'check_violation'],
  [withCode('99999'), 'other'],
  [withCode(undefined), 'other'],
  [null, 'other'],
  [undefined, 'other'],
  ['42501', 'other'],
  [new Error('wrapped', { cause: withCode('42501') }), 'rls_reject'],
  [withCode('EACCES'), 'rls_reject'],
  [new DiskFullError('no room', 'make some'), 'db_down'],
  [new CheckViolation('too long'), 'check_violation'],
  [new ScrubberException('broken'), 'scrubber_exception'],
  [new ScrubberException('broken', { cause: withCode('42501') }), 'scrubber_exception'],
])('CAP-9: %s is %s', (error, reason) => {
  expect(classifyFailure(error)).toBe(reason);
});

test('an error that is its own cause ends somewhere', () => {
  const error = new Error('round');
  error.cause = error;
  expect(classifyFailure(error)).toBe('other');
});
