import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../adapters/sources/timestamps.ts';
import { NumberText } from '../../../domain/shared/json.ts';
import { fc } from '../../support/fast-check.ts';

describe('parseTimestamp', () => {
  it.each([
    ['2026-01-22T19:38:12.042Z', '2026-01-22T19:38:12.042Z'],
    ['2025-11-03T02:15:00+01:00', '2025-11-03T01:15:00.000Z'],
    ['2025-11-03T02:15:00.5-0430', '2025-11-03T06:45:00.500Z'],
    ['2024-02-29 08:30:00.123456', '2024-02-29T08:30:00.123Z'],
    ['2025-11-03 02:15 UTC', '2025-11-03T02:15:00.000Z'],
    ['2025-06-01', '2025-06-01T00:00:00.000Z'],
    ['1762132800', '2025-11-03T01:20:00.000Z'],
  ])('reads the text %s', (text, expected) => expect(parseTimestamp(text)).toBe(expected));

  it.each([
    [1_762_132_800, '2025-11-03T01:20:00.000Z'],
    [1_762_132_800.25, '2025-11-03T01:20:00.250Z'],
    [1_762_132_800_500, '2025-11-03T01:20:00.500Z'],
    [631_152_000, '1990-01-01T00:00:00.000Z'],
    [7_289_654_399, '2200-12-31T23:59:59.000Z'],
  ])('reads %d seconds or milliseconds since 1970', (number, expected) => expect(parseTimestamp(number)).toBe(expected));

  it('reads a number that was kept as text', () => {
    expect(parseTimestamp(new NumberText('1762132800.0000000000001'))).toBe('2025-11-03T01:20:00.000Z');
  });

  it.each([
    ['a word', 'yesterday'],
    ['no text', ''],
    ['a day that does not exist', '2025-02-30T10:00:00Z'],
    ['30 February in the form of a program', '2024-02-30T10:00:00.000Z'],
    ['29 February of a year without one', '2025-02-29T10:00:00.000Z'],
    ['31 April', '2025-04-31T10:00:00.000Z'],
    ['day zero', '2025-04-00T10:00:00.000Z'],
    ['month 13', '2025-13-01T10:00:00.000Z'],
    ['hour 24 in the form of a program', '2025-02-03T24:00:00.000Z'],
    ['second 60', '2025-02-03T10:00:60.000Z'],
    ['the year before the first in the form of a program', '1989-12-31T23:59:59.000Z'],
    ['the year after the last in the form of a program', '2201-01-01T00:00:00.000Z'],
    ['an hour that does not exist', '2025-02-03T24:00:00Z'],
    ['an offset that does not exist', '2025-02-03T10:00:00+25:00'],
    ['the year before the first', '1989-12-31T23:59:59Z'],
    ['the year after the last', '2201-01-01'],
    ['zero', 0],
    ['a time before 1990 in seconds', 631_151_999],
    ['microseconds', 1_762_132_800_000_000],
    ['a truth value', true],
    ['nothing', null],
  ])('gives null for %s', (_name, value) => expect(parseTimestamp(value)).toBeNull());

  it('gives back every time of the allowed years, whatever its form', () => {
    const times = fc.date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2200-12-31T23:59:59.999Z'), noInvalidDate: true });
    fc.assert(
      fc.property(times, (time) => {
        expect(parseTimestamp(time.toISOString())).toBe(time.toISOString());
        expect(parseTimestamp(time.getTime())).toBe(time.toISOString());
      }),
    );
  });
});
