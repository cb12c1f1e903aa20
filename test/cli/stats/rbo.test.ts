import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { overlapReportSchema } from '../../../schemas/statistics-reports.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Runs `lauter stats rbo` on two files. */
async function rbo(a: string, b: string, ...flags: string[]) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'before'), a);
  writeFileSync(join(folder, 'after'), b);
  return runCli(['stats', 'rbo', 'before', 'after', ...flags], folder);
}

async function overlap(a: string, b: string, ...flags: string[]) {
  const { code, out } = await rbo(a, b, '--json', ...flags);
  expect(code).toBe(0);
  return overlapReportSchema.parse(JSON.parse(out));
}

describe('rbo', () => {
  test('by hand: pear, plum, fig and plum, pear, quince at 0.9', async () => {
    // Shares of the first places: 0, 1, 2/3; so 0.1 x (0 + 0.9 + 0.81 x 2/3) + 0.729 x 2/3.
    const report = await overlap('pear\nplum\nfig\n', '["plum", "pear", "quince"]');
    expect(report.rbo).toBeCloseTo(0.63, 12);
    expect(report).toMatchObject({ jaccard: 0.5, p: 0.9, n_a: 3, n_b: 3 });
  });

  test('at another persistence: 0.5 x (0 + 0.5 + 0.25 x 2/3) + 0.125 x 2/3', async () => {
    expect((await overlap('pear\nplum\nfig\n', 'plum\npear\nquince\n', '--p', '0.5')).rbo).toBeCloseTo(5 / 12, 12);
  });

  test.each([
    ['', '', 1],
    ['', 'pear\n', 0],
    ['[]', '[]', 1],
    ['pear\r\nplum\r\n', 'pear\nplum', 1],
    ['pear\nplum\npear\n', 'pear\nplum\n', 1],
    ['pear\n', 'plum\n', 0],
  ])('%j and %j: %d', async (a, b, expected) => {
    expect((await overlap(a, b)).rbo).toBeCloseTo(expected, 12);
  });

  test('in words', async () =>
    expect((await rbo('pear', 'pear')).out).toMatch(/^1[.]000000: rank-biased overlap of 1 and 1 keys at p 0[.]9/));

  test.each([
    ['[1, 2]', 'a text as item 1, found a number'],
    ['["pear", ""]', 'a text as item 2, found a blank one'],
    ['["pear"', 'a JSON list'],
  ])('refuses %j', async (list, expected) => {
    const { code, err } = await rbo(list, 'pear');
    expect([code, err]).toEqual([2, expect.stringContaining(expected)]);
    expect(err).toContain('before');
  });

  test.each(['0', '1', '-0.5', 'high'])('refuses --p %s', async (p) => {
    const { code, err } = await rbo('pear', 'pear', `--p=${p}`);
    expect([code, err]).toEqual([2, expect.stringContaining('--p')]);
  });
});
