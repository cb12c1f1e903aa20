import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AUDIT_CHECKS } from '../../domain/audit/index.ts';
import { predictCount } from '../../domain/stats/poisson.ts';
import { AUDIT_METRICS, LEDGER_DAMAGES } from '../../schemas/vocabulary.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/audit.md'), 'utf8');

test('the table of checks is that of the program', () => {
  const rows = [...text.matchAll(/^\| (\d+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, number, name, proves]) => ({
    number: Number(number),
    name,
    proves,
  }));
  expect(rows).toEqual(AUDIT_CHECKS.map(({ number, name, proves }) => ({ number, name, proves })));
});

test('every tracked number and every damage of a ledger is named', () => {
  for (const metric of Object.keys(AUDIT_METRICS)) expect(text).toContain(`\`${metric}\``);
  for (const damage of Object.keys(LEDGER_DAMAGES)) expect(text).toMatch(new RegExp(`\\b${damage}\\b`));
});

test('the intervals it gives are those of the program', () => {
  expect(predictCount(0)).toEqual({ low: 0, high: 5 });
  expect(predictCount(10)).toEqual({ low: 3, high: 22 });
  const [, low, high] = /after 1,000 it is ([\d,]+) to ([\d,]+)/.exec(text) ?? [];
  const number = (words = ''): number => Number(words.replaceAll(',', ''));
  expect(predictCount(1000)).toEqual({ low: number(low), high: number(high) });
});
