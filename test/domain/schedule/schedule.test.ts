import { expect, test } from 'vitest';
import { nextDue, parseCron } from '../../../domain/schedule/index.ts';

const due = (line: string, zone: string, now: string): string | null => nextDue(parseCron(line), zone, Date.parse(now));

test.each([
  ['30 3 * * *', 'UTC', '2026-03-02T03:29:59.000Z', '2026-03-02T03:30:00.000Z'],
  // What is due now has begun: the next one is tomorrow.
  ['30 3 * * *', 'UTC', '2026-03-02T03:30:00.000Z', '2026-03-03T03:30:00.000Z'],
  ['30 3 * * *', 'Asia/Tokyo', '2026-03-02T00:00:00.000Z', '2026-03-02T18:30:00.000Z'],
  ['0-59/20 9-10 * * *', 'UTC', '2026-03-02T09:41:00.000Z', '2026-03-02T10:00:00.000Z'],
  // A Friday; the next weekday is Monday.
  ['0 4 * * mon-fri', 'UTC', '2026-03-06T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
  ['0 4 * * 7', 'UTC', '2026-03-06T05:00:00.000Z', '2026-03-08T04:00:00.000Z'],
  ['0 0 29 feb *', 'UTC', '2026-03-01T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
  ['15,45 */12 1 1,jul *', 'UTC', '2026-03-01T00:00:00.000Z', '2026-07-01T00:15:00.000Z'],
  // Clocks go from 02:00 to 03:00 on 29 March 2026: half past two does not come.
  ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00.000Z', '2026-03-30T00:30:00.000Z'],
  // And from 03:00 back to 02:00 on 25 October: of two half past twos it is the first.
  ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00.000Z', '2026-10-25T00:30:00.000Z'],
  ['0 0 31 2 *', 'UTC', '2026-03-01T00:00:00.000Z', null],
])('%s in %s is due after %s at %s', (line, zone, now, expected) => {
  expect(due(line, zone, now)).toBe(expected);
});

test.each([
  '',
  '30 3 * *',
  '@daily',
  '60 3 * * *',
  '30 24 * * *',
  '0 0 0 * *',
  '0 0 * 13 *',
  '0 0 * * 8',
  '5-3 * * * *',
  '*/0 * * * *',
  '1-2-3 * * * *',
  '0 0 1 * mon',
  'a * * * *',
  '1,,2 * * * *',
])('refuses %j', (line) => {
  expect(() => parseCron(line)).toThrow(/expected/);
});

test('refuses a time zone that nobody knows', () => {
  expect(() => due('30 3 * * *', 'Atlantis/Harbour', '2026-03-02T00:00:00.000Z')).toThrow(/IANA/);
});
