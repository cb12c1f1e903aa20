import { expect, test } from 'vitest';
import { isoWeek } from '../../../domain/shared/iso-week.ts';

test.each([
  ['2027-01-01', '2026-W53'],
  ['2025-12-29', '2026-W01'],
  ['2024-12-30', '2025-W01'],
  ['2021-01-03', '2020-W53'],
  ['2026-05-22', '2026-W21'],
  ['2026-07-23', '2026-W30'],
])('WK-1: %s is in %s', (day, week) => {
  expect(isoWeek(`${day}T00:00:00.000Z`)).toBe(week);
  expect(isoWeek(`${day}T23:59:59.999Z`)).toBe(week);
});

test('a text that is no instant is an error', () => {
  expect(() => isoWeek('next week')).toThrow(RangeError);
});
