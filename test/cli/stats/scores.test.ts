import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bootstrapPaired } from '../../../domain/stats/paired-bootstrap.ts';
import { bootstrapReportSchema, detectableReportSchema } from '../../../schemas/statistics-reports.ts';
import { usageErrorSchema } from '../../../schemas/usage-error.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DIFFERENCES = [0.1, -0.2, 0.3, 0.05, 0.4, -0.1];
const CSV =
  'id,a,b,cluster,topic\nq1,0,1,talk-1,tides\nq2,0,1,talk-1,tides\nq3,1,1,talk-2,boats\nq4,0,1,talk-3|talk-2,boats\nq5,1,0,,nets\n';
const LINES = [
  { id: 'q1', a: 0, b: 1, cluster: ['talk-1'] },
  { id: 'q2', a: 0, b: 1, cluster: 'talk-1' },
  { id: 'q3', a: 1, b: 1, cluster: ['talk-2'] },
  { id: 'q4', a: 0, b: 1, cluster: ['talk-3', 'talk-2'] },
  { id: 'q5', a: 1, b: 0, cluster: [] },
];

/** Runs a command of the group on a file of scores. */
async function onFile(command: string[], content: string): Promise<{ code: number; out: string; err: string }> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'scores'), content);
  return runCli(['stats', ...command], folder);
}

async function bootstrap(content: string, ...flags: string[]) {
  const { code, out } = await onFile(['bootstrap', 'scores', '--json', ...flags], content);
  expect(code).toBe(0);
  return bootstrapReportSchema.parse(JSON.parse(out));
}

describe('bootstrap', () => {
  test('of differences, one a line: the stream of seed and names', async () => {
    const report = await bootstrap(`${DIFFERENCES.join('\n')}\n`);
    const { mean, low, high, p } = bootstrapPaired(DIFFERENCES, '42|stats|difference|a|b')!;
    expect(report).toMatchObject({
      n: 6,
      mean,
      lower: low,
      upper: high,
      p,
      seed: 42,
      resamples: 10_000,
      stream: '42|stats|difference|a|b',
    });
    expect(report.smallest_p).toBeCloseTo(1 / 10_001, 15);
    expect(report.comparison).toMatchObject({ test: 'paired_bootstrap', m: 1, p_raw: p });
  });

  test('a row of a report comes out again under its names and seed', async () => {
    const names = ['--seed', '7', '--suite', 'longmemeval', '--metric', 'mrr', '--arm-a', 'conservative', '--arm-b', 'balanced'];
    const { low, high } = bootstrapPaired(DIFFERENCES, '7|longmemeval|mrr|conservative|balanced', { resamples: 500 })!;
    const report = await bootstrap(DIFFERENCES.join('\n'), ...names, '--resamples', '500');
    expect([report.lower, report.upper]).toEqual([low, high]);
    expect(report.comparison.text).toContain('balanced minus conservative');
  });

  test('of columns, as CSV and as JSON lines: the same, and the exact test where scores are 0 and 1', async () => {
    const report = await bootstrap(CSV);
    expect(report.comparison).toMatchObject({
      n: 5,
      mean_a: 0.4,
      mean_b: 0.8,
      test: 'mcnemar_exact',
      discordant: { b: 3, c: 1 },
      p_raw: 0.625,
    });
    expect(await bootstrap(LINES.map((line) => JSON.stringify(line)).join('\n'))).toEqual(report);
    expect(await bootstrap(CSV.replaceAll(',', ';'))).toEqual(report);
  });

  test('clusters: questions that share a conversation, or another column', async () => {
    expect((await bootstrap(CSV, '--cluster-by', 'conversation')).comparison.clusters).toBe(3);
    expect(
      (await bootstrap(LINES.map((line) => JSON.stringify(line)).join('\n'), '--cluster-by', 'conversation')).comparison.clusters,
    ).toBe(3);
    expect((await bootstrap(CSV, '--cluster-by', 'topic')).comparison.clusters).toBe(3);
    expect((await bootstrap(CSV)).comparison).not.toHaveProperty('clusters');
  });

  test('a margin, a level and words', async () => {
    const flags = ['--margin', '0.5', '--alpha', '0.1'];
    expect((await bootstrap(CSV, ...flags)).comparison.non_inferior).toBe(true);
    const { out } = await onFile(['bootstrap', 'scores', ...flags], CSV);
    expect(out).toMatch(/^not significant: b minus a [+]0[.]4000, 90 % /);
    for (const words of ['non-inferior', 'p of the bootstrap', "p of McNemar's exact test 0.625, 3 gains and 1 loss", 'power 0.80'])
      expect(out).toContain(words);
  });

  test('of one difference is not testable, and says so', async () => {
    expect(await bootstrap('0.3\n')).toMatchObject({ n: 1, mean: 0.3, lower: null, upper: null, p: null });
    expect((await onFile(['bootstrap', 'scores'], '0.3')).out).toBe('not testable: 1 of at least 2 questions; not significant\n');
  });

  test.each([
    ['nothing', '\n\n', undefined, 'at least one line, found none'],
    ['a word among numbers', '0.1\n0.2\nlow tide\n', 3, 'a number, found "low tide"'],
    ['NaN', '0.1\nNaN\n', 2, 'a number, found "NaN"'],
    ['a number that is none any more', '0.1\n1e999\n', 2, 'a number, found "1e999"'],
    ['a header without arms', 'id,before,after\n', 1, 'columns a and b'],
    ['a cell too few', 'id,a,b\nq1,0,1\nq2,0\n', 3, '3 cells, found 2'],
    ['a cell that is no number', 'a,b\n0,1\n0,\n', 3, 'a number as b'],
    ['a line that is no JSON', '{"a":0,"b":1}\n{"a":0,\n', 2, 'a JSON object'],
    ['a missing score', '{"a":0,"b":1}\n{"a":0}\n', 2, 'a number as b, found none'],
    ['a score that is a truth', '{"a":true,"b":1}\n', 1, 'a number as a, found true'],
    ['a question twice', 'id,a,b\nq1,0,1\nq1,1,1\n', 3, '"q1" a second time'],
  ])('refuses %s', async (_, content, line, expected) => {
    const { code, out } = await onFile(['bootstrap', 'scores', '--json'], content);
    expect(code).toBe(2);
    const { error } = usageErrorSchema.parse(JSON.parse(out));
    expect(error.message).toContain(expected);
    expect([error.file, error.line]).toEqual(['scores', line]);
  });

  test.each([
    ['conversation', '0.1\n0.2\n'],
    ['conversation', 'a,b\n0,1\n'],
    ['season', CSV],
  ])('refuses --cluster-by %s where no such column is', async (field, content) => {
    const { code, err } = await onFile(['bootstrap', 'scores', '--cluster-by', field], content);
    expect(code).toBe(2);
    expect(err).toContain(field === 'season' ? 'season' : 'cluster');
  });

  test.each([
    ['--seed', '-1'],
    ['--seed', '4294967296'],
    ['--resamples', '0'],
    ['--resamples', '1e4'],
    ['--alpha', '0'],
    ['--alpha', '1'],
    ['--alpha', 'NaN'],
    ['--margin', '-0.1'],
    ['--margin', 'Infinity'],
  ])('refuses %s %s, and names the flag', async (flag, value) => {
    const { code, out } = await onFile(['bootstrap', 'scores', '--json', `${flag}=${value}`], '1\n2\n');
    expect(code).toBe(2);
    expect(usageErrorSchema.parse(JSON.parse(out)).error).toMatchObject({ flag, value });
  });

  test('a file that is not there is named', async () => {
    const { code, out } = await onFile(['bootstrap', 'elsewhere', '--json'], '');
    expect(code).toBe(2);
    expect(usageErrorSchema.parse(JSON.parse(out)).error.file).toBe('elsewhere');
  });
});

describe('mde', () => {
  const mde = async (content: string, ...flags: string[]) => {
    const { code, out } = await onFile(['mde', '--json', ...flags], content);
    expect(code).toBe(0);
    return detectableReportSchema.parse(JSON.parse(out));
  };

  test('of numbers: the factor is 2.801585, and 3.706953 for one of 12', async () => {
    expect((await mde('', '--sd', '1', '--n', '1')).mde!.toFixed(6)).toBe('2.801585');
    // The 1 - 0.05/24 quantile of the normal distribution is 2.865327 in printed tables' terms: 2.8653 + 0.8416.
    expect((await mde('', '--sd', '1', '--n', '1', '--comparisons', '12')).mde).toBeCloseTo(2.8653 + 0.8416, 3);
  });

  test('of a file: s of 0, 0, 1, 1 is the root of 1/3, so 2.801585 x sqrt(1/12)', async () => {
    const report = await mde('0\n0\n1\n1\n', '--file', 'scores');
    expect(report).toMatchObject({ n: 4, comparisons: 1 });
    expect(report.mde!.toFixed(6)).toBe('0.808748');
  });

  test('of one question there is none', async () => {
    expect(await mde('0.5\n', '--file', 'scores')).toMatchObject({ mde: null, sd: null, n: 1 });
    expect((await onFile(['mde', '--file', 'scores'], '0.5')).out).toContain('not testable');
  });

  test.each([
    [[]],
    [['--sd', '1']],
    [['--n', '5']],
    [['--file', 'scores', '--n', '5']],
    [['--sd', '1', '--n', '0']],
    [['--sd', '-1', '--n', '5']],
  ])('%j is too little, too much or wrong', async (flags) => {
    expect((await onFile(['mde', ...flags], '1\n2\n')).code).toBe(2);
  });
});
