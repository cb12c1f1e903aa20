import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeComparison } from '../../../cli/comparison/write-comparison.ts';
import { evalComparisonSchema } from '../../../schemas/eval-comparison.ts';
import { cellOf, cellOfRows, evalRecord, questionRow, writeEvalLedger, type Cell } from '../../support/compared-arms.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const QUICK = ['--resamples', '200'];
const PAIR = [cellOf('conservative', 'ndcg@10', [0, 0.5, 0.25, 1]), cellOf('balanced', 'ndcg@10', [0.5, 0.75, 0.5, 1])];

/** Compares cells that lie in a ledger of their own. */
async function compare(cells: readonly Cell[], args: readonly string[] = [], spoil?: (root: string) => void) {
  const root = temporaryFolder();
  await writeEvalLedger(root, cells);
  spoil?.(root);
  return { root, ...(await runCli(['eval', 'compare', '--input', 'ledger/eval-results.jsonl', ...QUICK, ...args], root)) };
}

describe('--json', () => {
  test('is one document of the form that is promised', async () => {
    const { code, out } = await compare(PAIR, ['--json']);
    expect(code).toBe(0);
    const comparison = evalComparisonSchema.parse(JSON.parse(out));
    expect(comparison.schema_version).toBe(2);
    expect(Object.keys(comparison.grouped.harbour!)).toEqual(['conservative', 'balanced']);
    expect(comparison.comparisons[0]).toMatchObject({ metric: 'ndcg@10', n: 4, mean_a: 0.4375, mean_b: 0.6875, delta: 0.25, m: 1 });
    expect(comparison._meta.metric_glossary['ndcg@10'] ?? comparison._meta.metric_glossary['ndcg@k']).toBeDefined();
    expect(comparison._meta.footer.commands).toContain('lauter eval run-all --suites harbour');
  });

  test('CMP-3: the same seed gives the same bytes, another one another interval', async () => {
    const numbers = async (seed: string) => JSON.stringify(JSON.parse((await compare(PAIR, ['--json', '--seed', seed])).out).comparisons);
    expect(await numbers('7')).toBe(await numbers('7'));
    expect(await numbers('7')).not.toBe(await numbers('8'));
  });
});

describe('Markdown', () => {
  test('says not significant, word for word, in the row of what is not', async () => {
    const { code, out } = await compare([cellOf('conservative', 'ndcg@10', [0, 1, 0.5]), cellOf('balanced', 'ndcg@10', [1, 0, 0.75])]);
    expect(code).toBe(0);
    expect(out.split('\n').find((line) => line.startsWith('| ndcg\\@10 | `balanced minus conservative`'))).toContain('| not significant |');
    expect(out.trimEnd().split('\n').at(-1)).toBe('| reproducible | `reproducible` |');
  });

  test('tells first which expectation failed, with what was found instead and where that may lie', async () => {
    const root = temporaryFolder({
      'expected.json': JSON.stringify({
        schema_version: 1,
        registered_at: '2026-11-23T00:00:00Z',
        expectations: [
          {
            id: 'H1',
            text: 'every arm reaches 0.65',
            suite: 'harbour',
            metric: 'ndcg@10',
            arm: 'conservative',
            statistic: 'value',
            op: '>=',
            low: 0.65,
            unit: 'value',
          },
        ],
      }),
    });
    await writeEvalLedger(root, PAIR);
    const { code, out } = await runCli(
      ['eval', 'compare', '--input', 'ledger/eval-results.jsonl', ...QUICK, '--expectations', 'expected.json'],
      root,
    );
    expect(code).toBe(0);
    const [first] = out.split('\n## ');
    expect(first).toMatch(
      /- \*\*H1 failed in harbour:\*\* every arm reaches 0\.65; found 0\.4375 \(0\.\d{4} to \d\.\d{4}\) for conservative; registered after the run/,
    );
    expect(out).toMatch(/expected\.json, sha256 [0-9a-f]{64}/);
  });

  test('explains its metrics where that was asked for', async () => {
    expect((await compare(PAIR)).out).not.toContain('## Glossary');
    expect((await compare(PAIR, ['--glossary'])).out).toContain('## Glossary');
  });

  test('shows the text of questions as text: no markup, no formula, no escape of the terminal', async () => {
    const hostile = '=HYPERLINK("x") | <script>alert(1)</script> \u001b[31m[tide](http://quay.example)\n# heading';
    const rows = (value: number) => [questionRow('q1', { 'ndcg@10': value }, { question: hostile }), questionRow('q2', { 'ndcg@10': 0.5 })];
    const { out, root } = await compare([cellOfRows('conservative', rows(0)), cellOfRows('balanced', rows(1))], ['--output', 'told']);
    expect(out).toContain('HYPERLINK');
    expect(out).not.toMatch(/<script>|\u001b|(?<!\\)\]\(|^# heading/m);
    const csv = readFileSync(join(root, 'told/comparison-standouts.csv'), 'utf8');
    expect(csv).toContain(`"'=HYPERLINK`);
    expect(readFileSync(join(root, 'told/comparison.html'), 'utf8')).not.toContain('<script>alert');
  });
});

describe('files', () => {
  test('--output writes README.md, comparison.json, tables and the page', async () => {
    const { root, out } = await compare(PAIR, ['--output', 'told', '--json']);
    for (const name of ['README.md', 'comparison.html', 'comparison-differences.csv'])
      expect(existsSync(join(root, 'told', name))).toBe(true);
    expect(JSON.parse(readFileSync(join(root, 'told/comparison.json'), 'utf8'))).toEqual(JSON.parse(out));
    expect(existsSync(join(root, 'told/comparison.md'))).toBe(false);
  });

  test('--html writes the page under its name, and what it links to beside it', async () => {
    const { root } = await compare(PAIR, ['--html', 'pages/tides.html']);
    expect(readFileSync(join(root, 'pages/tides.html'), 'utf8')).toContain('<!doctype html>');
    expect(existsSync(join(root, 'pages/comparison.json'))).toBe(true);
  });
});

describe('refused, with exit code 2, is', () => {
  test('CMP-1: another set of questions, with the ids', async () => {
    const { code, err, out } = await compare([PAIR[0]!, cellOf('balanced', 'ndcg@10', [1, 1, 1])]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(
      'comparing arms, on harbour: expected the same questions in every arm, found 1 that not every arm has in conservative (q4)',
    );
  });

  test('a file of rows that is missing, or was changed', async () => {
    const gone = await compare(PAIR, [], (root) => writeFileSync(join(root, 'out/harbour/run-balanced.rows.ndjson'), ''));
    expect(gone.code).toBe(2);
    expect(gone.err).toContain('expected the rows that the ledger names, sha256');
    const plain = await compare(PAIR, [], (root) => {
      writeFileSync(
        join(root, 'plain.jsonl'),
        `${JSON.stringify(evalRecord({ mode: 'balanced' }))}\n${JSON.stringify(evalRecord({ mode: 'tokenmax' }))}\nlow tide\n`,
      );
    });
    const { code, err } = await runCli(['eval', 'compare', '--input', 'plain.jsonl'], plain.root);
    expect(code).toBe(2);
    expect(err).toContain('expected a file with the rows of its questions, found none named in balanced');
  });

  test('an edited row of the ledger, with its line', async () => {
    const { code, err } = await compare(PAIR, [], (root) => {
      const path = join(root, 'ledger/eval-results.jsonl');
      writeFileSync(path, readFileSync(path, 'utf8').replace('"duration_ms":300000', '"duration_ms":300001'));
    });
    expect(code).toBe(2);
    expect(err).toMatch(/ledger\/eval-results\.jsonl:1: .*row_hash says [0-9a-f]{64}, its content comes to [0-9a-f]{64}/);
  });

  test('a ledger that is not there, with a hint', async () => {
    const { code, err } = await runCli(['eval', 'compare', '--input', 'none.jsonl'], temporaryFolder());
    expect(code).toBe(2);
    expect(err).toContain('lauter eval run-all');
  });

  test('a metric that nobody measured, with those there are', async () => {
    const { code, err } = await compare(PAIR, ['--metrics', 'luck@3']);
    expect(code).toBe(2);
    expect(err).toContain('ndcg@10');
  });

  test('a file of expectations of another form, with the field', async () => {
    const { code, err } = await compare(PAIR, ['--expectations', 'expected.json'], (root) =>
      writeFileSync(join(root, 'expected.json'), '{"schema_version":1,"registered_at":"2026-11-22T00:00:00Z","expectations":[]}'),
    );
    expect(code).toBe(2);
    expect(err).toContain('reading expectations, on expected.json: expected a file of expectations, found another form at expectations');
  });

  test.each([
    ['--alpha', '0'],
    ['--alpha', '1'],
    ['--alpha', 'abc'],
    ['--seed', '4294967296'],
    ['--resamples', '0'],
    ['--margin', '-1'],
    ['--runs', ''],
    ['--modes', 'balanced,,tokenmax'],
    ['--metrics', 'mrr,mrr'],
  ])('%s %j', async (flag, value) => {
    expect((await runCli(['eval', 'compare', '--input', 'none.jsonl', `${flag}=${value}`], temporaryFolder())).code).toBe(2);
  });

  test('--md beside --json', async () => {
    expect((await runCli(['eval', 'compare', '--input', 'none.jsonl', '--md', '--json'], temporaryFolder())).code).toBe(2);
  });
});

describe('a ledger in which lines are malformed', () => {
  test('is compared, and the lines are counted', async () => {
    const root = temporaryFolder();
    const path = await writeEvalLedger(root, PAIR);
    const rows = readFileSync(path, 'utf8').replaceAll(/,"(?:prev|row)_hash":"[0-9a-f]+"/g, '');
    writeFileSync(join(root, 'ledger/plain.jsonl'), `low tide\n${rows}`);
    const { code, out } = await runCli(['eval', 'compare', '--input', 'ledger/plain.jsonl', '--json', ...QUICK], root);
    expect(code).toBe(0);
    const { malformed_lines, notices } = evalComparisonSchema.parse(JSON.parse(out));
    expect(malformed_lines).toBe(1);
    expect(notices[0]).toBe('1 line of ledger/plain.jsonl could not be read as a record and does not count: 1');
    expect(notices[1]).toContain('not chained');
  });
});

describe('what run-all writes', () => {
  test('is the comparison of its records, with a refused suite among the notices', async () => {
    const root = temporaryFolder();
    const others = ['conservative', 'balanced'].map((mode, at) =>
      cellOf(mode, 'jaccard@k', [1, 0.5], { suite: 'replay', run_uid: `replay-${mode}`, status: at === 0 ? 'over_budget' : 'completed' }),
    );
    const cells = [...PAIR, ...others];
    const ledgerPath = await writeEvalLedger(root, cells);
    const path = await writeComparison(recordingIo({ cwd: root }), {
      workspaceRoot: root,
      ledgerPath,
      runUids: cells.map(({ record }) => record.run_uid),
      output: 'told',
      seed: 42,
    });
    expect(path).toBe(join(root, 'told/README.md'));
    const { suites, notices, expectations } = evalComparisonSchema.parse(
      JSON.parse(readFileSync(join(root, 'told/comparison.json'), 'utf8')),
    );
    expect(suites.map(({ suite }) => suite)).toEqual(['harbour']);
    expect(notices.join()).toContain('replay is not compared: expected runs within their budget');
    expect(expectations!.outcomes.map(({ expectation }) => expectation.id)).toEqual(['E1', 'E2', 'E3', 'E4', 'E4']);
  });
});
