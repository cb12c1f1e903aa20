import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evalTrendSchema, type EvalTrend } from '../../../schemas/eval-trend.ts';
import { cellOf, writeEvalLedger, type Cell } from '../../support/compared-arms.ts';
import { runCli, type CliOutcome } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Three nights of one mode: 2 of 4, 3 of 4, and 4 of 4 over another dataset; and one night of another mode. */
const CELLS: readonly Cell[] = [
  cellOf('balanced', 'recall_all@5', [1, 1, 0, 0], night(1)),
  cellOf('balanced', 'recall_all@5', [1, 1, 1, 0], { ...night(2), knob_hash: 'wider' }),
  cellOf('balanced', 'recall_all@5', [1, 1, 1, 1], { ...night(3), knob_hash: 'wider', dataset_hash: 'f'.repeat(64) }),
  cellOf('tokenmax', 'recall_all@5', [1, 0, 0, 0], { ...night(3), run_uid: 'tokens-3' }),
];

function night(day: number) {
  return { suite: 'longmemeval', headline: 'recall_all@5', run_uid: `night-${day}`, ran_at: `2026-03-0${day}T02:00:00.000Z` };
}

async function workspace(cells = CELLS): Promise<{ root: string; ledger: string; trend(...args: string[]): Promise<CliOutcome> }> {
  const root = temporaryFolder();
  const ledger = await writeEvalLedger(root, cells);
  return { root, ledger, trend: (...args) => runCli(['eval', 'trend', '--workspace', root, ...args], root) };
}

function read({ code, out, err }: CliOutcome): EvalTrend {
  if (code !== 0) throw new Error(err);
  return evalTrendSchema.parse(JSON.parse(out));
}

test('one row for each record, with its mean, interval, and what changed', async () => {
  const { trend } = await workspace();
  const { series, malformed_lines, days, notices } = read(await trend('--json', '--mode', 'balanced'));
  expect({ malformed_lines, days, notices }).toEqual({ malformed_lines: 0, days: null, notices: [] });
  expect(series).toHaveLength(1);
  expect(series[0]!.points.map(({ value, n, changed, starts_anew, source }) => [value, n, changed, starts_anew, source])).toEqual([
    [0.5, 4, [], true, 'rows'],
    [0.75, 4, ['knobs'], false, 'rows'],
    [1, 4, ['dataset'], true, 'rows'],
  ]);
  // Wilson, 2 of 4: centre 1/2, half-width z sqrt(1/16 + z^2/64) / (1 + z^2/4).
  expect(series[0]!.points[0]!.ci95![0]).toBeCloseTo(0.15003, 4);
});

test('people get a table, cut where the dataset is another one', async () => {
  const { trend } = await workspace();
  const { code, out } = await trend('--mode', 'balanced', '--glossary');
  expect(code).toBe(0);
  expect(out).toContain('longmemeval, balanced: recall_all@5');
  expect(out.indexOf('Other questions from here on')).toBeGreaterThan(out.indexOf('2026-03-02'));
  expect(out.indexOf('Other questions from here on')).toBeLessThan(out.indexOf('2026-03-03'));
  expect(out).toContain('what the figures mean');
});

describe('rows that are not what the ledger names', () => {
  test('gone: the mean of the record, without an interval, and said so', async () => {
    const [first, ...others] = CELLS;
    const told = { ...first!, record: { ...first!.record, metrics: { 'recall_all@5': 0.5 } } };
    const { root, trend } = await workspace([told, ...others]);
    rmSync(join(root, 'out/longmemeval/night-1.rows.ndjson'));
    const [point] = read(await trend('--json', '--mode', 'balanced')).series[0]!.points;
    expect(point).toMatchObject({ value: 0.5, ci95: null, source: 'record' });
    expect(point!.note).toContain('no interval');
    expect((await trend('--mode', 'balanced')).out).toContain('no interval');
  });

  test('edited: not computed from', async () => {
    const { root, trend } = await workspace();
    const path = join(root, 'out/longmemeval/night-1.rows.ndjson');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"recall_all@5":0', '"recall_all@5":1'));
    const [point] = read(await trend('--json', '--mode', 'balanced')).series[0]!.points;
    expect(point).toMatchObject({ value: null, ci95: null, source: null });
    expect(point!.note).toMatch(/sha256/);
  });
});

test('--report writes page, Markdown, JSON and tables; the command to compare the last step names its runs', async () => {
  const { root, trend } = await workspace(CELLS.slice(0, 2));
  expect((await trend('--report', 'pages')).code).toBe(0);
  expect(readdirSync(join(root, 'pages')).sort()).toEqual([
    'eval-trend-glossary.csv',
    'eval-trend-notices.csv',
    'eval-trend-records.csv',
    'eval-trend-reproducibility.csv',
    'eval-trend.html',
    'eval-trend.json',
    'eval-trend.md',
  ]);
  expect(readFileSync(join(root, 'pages/eval-trend.html'), 'utf8')).toContain('lauter eval compare --runs night-1,night-2');
});

describe('what cannot be done ends with 2', () => {
  test.each([
    ['a suite nobody ran', ['--suite', 'tides'], /--suite tides.*Name one of longmemeval/s],
    ['a mode nobody ran', ['--mode', 'frontier'], /--mode frontier.*Name one of balanced, tokenmax/s],
    ['a metric nobody has', ['--metric', 'tide@5'], /--metric tide@5/],
    ['no ledger', ['--input', 'nowhere.jsonl'], /on nowhere.jsonl: expected a file, found none/],
    ['half a day', ['--days', '0.5'], /--days/],
    ['no days', ['--days', '0'], /--days/],
  ])('%s', async (_why, args, expected) => {
    const { trend } = await workspace();
    const { code, err } = await trend(...args);
    expect(code).toBe(2);
    expect(err).toMatch(expected);
  });

  test('a ledger of which a row was edited', async () => {
    const { ledger, trend } = await workspace();
    writeFileSync(ledger, readFileSync(ledger, 'utf8').replace('"mode":"tokenmax"', '"mode":"frontier"'));
    const { code, err } = await trend();
    expect(code).toBe(2);
    expect(err).toMatch(/row_hash says/);
  });
});

test('a plain ledger of others loads; lines that are no record are counted', async () => {
  const root = temporaryFolder();
  const path = join(root, 'theirs.jsonl');
  const record = {
    schema_version: 2,
    run_id: 'gb-1',
    ran_at: '2026-03-01T02:00:00Z',
    suite: 'longmemeval',
    mode: 'balanced',
    status: 'completed',
    params: { metrics: { 'recall_all@5': 0.6 } },
  };
  writeFileSync(path, `${JSON.stringify(record)}\nfog\n`);
  appendFileSync(path, `${JSON.stringify({ ...record, run_id: 'gb-2', ran_at: '2026-03-02T02:00:00Z' })}\n`);
  const { series, malformed_lines, notices } = read(await runCli(['eval', 'trend', '--input', path, '--json'], root));
  expect(malformed_lines).toBe(1);
  expect(notices.join()).toContain('not chained');
  expect(series[0]!.points.map(({ value, source, starts_anew }) => [value, source, starts_anew])).toEqual([
    [0.6, 'record', true],
    [0.6, 'record', true],
  ]);
});
