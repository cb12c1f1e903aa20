import { expect, test } from 'vitest';
import {
  formatAmount,
  formatChange,
  formatDuration,
  formatInstant,
  formatNumber,
  formatPart,
  formatShare,
  formatUsd,
  shortenDigest,
} from '../../../reports/shared/format.ts';

test('numbers are grouped in thousands, with at most four decimals', () => {
  expect([0, 999, 1_000, 1_234_567, 0.123456, -4_200].map(formatNumber)).toEqual(['0', '999', '1,000', '1,234,567', '0.1235', '-4,200']);
});

test('an amount agrees with its noun', () => {
  expect([formatAmount(1, 'file'), formatAmount(0, 'file'), formatAmount(2, 'match', 'matches')]).toEqual([
    '1 file',
    '0 files',
    '2 matches',
  ]);
});

test('a share never pretends to be nothing or everything', () => {
  expect([0, 0.0004, 0.001, 0.2345, 0.9989, 0.9996, 1].map(formatShare)).toEqual([
    '0%',
    '<0.1%',
    '0.1%',
    '23.5%',
    '99.9%',
    '>99.9%',
    '100%',
  ]);
  expect(formatPart(1, 4)).toBe('25.0%');
  expect(formatPart(0, 0)).toBe('–');
});

test('a change carries its sign', () => {
  expect([0.5352, -0.0145, 0].map(formatChange)).toEqual(['+53.5%', '−1.5%', '±0.0%']);
});

test('a duration takes the units that fit it, and rounding never shows 60 seconds', () => {
  expect([0, 999, 1_000, 12_449, 59_949, 59_950, 60_000, 185_000, 3_599_400, 3_599_500, 7_620_000].map(formatDuration)).toEqual([
    '0 ms',
    '999 ms',
    '1.0 s',
    '12.4 s',
    '59.9 s',
    '1 min 00 s',
    '1 min 00 s',
    '3 min 05 s',
    '59 min 59 s',
    '1 h 00 min',
    '2 h 07 min',
  ]);
});

test('an instant in UTC reads as date and time; other text stays as it is', () => {
  expect(formatInstant('2025-03-04T02:10:11.114Z')).toBe('2025-03-04 02:10:11 UTC');
  expect(formatInstant('yesterday')).toBe('yesterday');
});

test('only a long digest is shortened', () => {
  expect(shortenDigest('4b1d0c7e'.repeat(8))).toBe('4b1d0c7e4b1d…');
  expect(shortenDigest('4b1d0c7e')).toBe('4b1d0c7e');
});

test('dollars have cents, and below one as many decimals as it takes', () => {
  expect([0, 1.03, 22.5, 1_200, -78, 0.018, 0.0015, 0.00001, 0.1, 0.000000001].map((usd) => formatUsd(usd))).toEqual([
    '$0.00',
    '$1.03',
    '$22.50',
    '$1,200.00',
    '-$78.00',
    '$0.018',
    '$0.0015',
    '$0.00001',
    '$0.10',
    '$0.000000001',
  ]);
  expect([0.02, 0.1, 0.0125, 1.5].map((usd) => formatUsd(usd, 3))).toEqual(['$0.020', '$0.100', '$0.0125', '$1.500']);
  expect([155, -78, 10_000].map((usd) => formatUsd(usd, 0))).toEqual(['$155', '-$78', '$10,000']);
});
