import { describe, expect, test } from 'vitest';
import { mcnemarReportSchema, wilsonReportSchema } from '../../../schemas/statistics-reports.ts';
import { usageErrorSchema } from '../../../schemas/usage-error.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const stats = (...args: string[]) => runCli(['stats', ...args], temporaryFolder());

describe('mcnemar', () => {
  test.each([
    ['21', '30', '0.262438'],
    ['5', '29', '0.0000385582'],
    ['3', '28', '0.00000464916'],
    ['16', '27', '0.126289'],
    ['31', '17', '0.0594634'],
    ['35', '12', '0.00108854'],
    ['27', '17', '0.174171'],
    ['11', '32', '0.00191396'],
    ['25', '9', '0.00904119'],
    ['3', '12', '0.0351562'],
    ['0', '67', '1.35525e-20'],
    ['3', '3', '1'],
    ['76', '35', '0.000124656'],
    ['44', '31', '0.165428'],
  ])('MCN-1: %s gains and %s losses have p %s, and so has the pair turned round', async (b, c, p) => {
    expect((await stats('mcnemar', b, c)).out).toMatch(new RegExp(`^p ${p.replace('.', '[.]')}: ${b} gains? and ${c} loss`));
    expect((await stats('mcnemar', c, b)).out).toMatch(new RegExp(`^p ${p.replace('.', '[.]')}: `));
  });

  test('as a document', async () => {
    const { code, out } = await stats('mcnemar', '3', '12', '--json');
    expect(code).toBe(0);
    expect(mcnemarReportSchema.parse(JSON.parse(out))).toEqual({ schema_version: 1, b: 3, c: 12, n: 15, p: 0.03515625 });
  });

  test('of counts so far apart that nothing is left of p: the smallest number above 0', async () => {
    const { out } = await stats('mcnemar', '0', '10000', '--json');
    expect(mcnemarReportSchema.parse(JSON.parse(out)).p).toBeGreaterThan(0);
  });

  test.each([
    ['-1', '3'],
    ['1.5', '3'],
    ['3', 'three'],
    ['3', ''],
    ['0x10', '3'],
    ['1e3', '3'],
    ['NaN', '3'],
  ])('%s and %s are no counts', async (b, c) => {
    const { code, err } = await stats('mcnemar', b, c);
    expect(code).toBe(2);
    expect(err).toContain('Expected a whole number');
  });

  test.each([[['mcnemar', '3']], [['mcnemar', '3', '4', '5']], [['mcnemar', '3', '4', '--seed', '7']]])(
    '%j is no command',
    async (args) => {
      const { code, out } = await stats(...args, '--json');
      expect(code).toBe(2);
      expect(usageErrorSchema.parse(JSON.parse(out)).schema_version).toBe(1);
    },
  );
});

describe('wilson', () => {
  test.each([
    ['0', '20', 'upper', 0.161125],
    ['0', '50', 'upper', 0.071348],
    ['10', '10', 'lower', 0.722467],
    ['1', '1', 'lower', 0.206549],
    ['12', '50', 'lower', 0.142974],
    ['12', '50', 'upper', 0.374127],
  ] as const)('%s of %s: %s %d', async (k, n, end, expected) => {
    const { out } = await stats('wilson', k, n, '--json');
    expect(wilsonReportSchema.parse(JSON.parse(out))[end].toFixed(6)).toBe(expected.toFixed(6));
  });

  test('in words, with a note where a sample is small', async () => {
    expect((await stats('wilson', '12', '50')).out).toBe('0.240000, 95 % 0.142974 to 0.374127: 12 of 50, Wilson\n');
    expect((await stats('wilson', '12', '29')).out).toContain('; small sample');
    expect((await stats('wilson', '12', '30')).out).not.toContain('small sample');
  });

  test('more than all counts as all, and is told; nothing of nothing is 0 everywhere', async () => {
    const { out } = await stats('wilson', '12', '10', '--json');
    expect(JSON.parse(out)).toMatchObject({ k: 10, n: 10, point: 1, upper: 1, note: '12 of 10 was counted as 10; small sample' });
    expect(JSON.parse((await stats('wilson', '0', '0', '--json')).out)).toMatchObject({ point: 0, lower: 0, upper: 0 });
  });
});
