import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queryRowsSchema } from '../../schemas/query-rows.ts';
import { HARBOR_TRACES } from '../support/harbor-traces.ts';
import { refine } from '../support/refine.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import type { Io } from '../../cli/io.ts';
import { displayWidth } from '../../cli/text-width.ts';

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lauter-cli-query-'));
  writeFileSync(join(root, 'desk.jsonl'), HARBOR_TRACES);
  await refine(root, ['desk.jsonl'], root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function query(sql: string, more: readonly string[] = [], io: Partial<Io> = {}): Promise<CliOutcome> {
  return runCli(['distill', 'query', sql, '--workspace', root, ...more], root, io);
}

const ODD = `SELECT '=1+1' AS formula, -5 AS owed, NULL AS nobody, [1, NULL] AS list, 'red ' || chr(27) || '[31m' AS colour,
  9007199254740993 AS big, (-12345678901234567.89)::DECIMAL(19,2) AS exact, 'a,"b"' AS "co,l"`;

describe('formats', () => {
  test('a table for people: numbers to the right, control characters made visible', async () => {
    const { code, out, err } = await query('SELECT category, count(*) AS rows FROM scored GROUP BY category ORDER BY category');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      [
        'category            rows',
        '──────────────────  ────',
        'accepted               1',
        'needs_human_review     1',
        'partially_accepted     1',
        'rejected               1',
        '',
      ].join('\n'),
    );
    const odd = await query(ODD);
    expect(odd.out).toContain('red \\u001b[31m');
    expect(odd.out).not.toContain('\u001b');
    expect(odd.out).toContain('NULL');
  });

  test('text from a trace cannot reach the terminal as it is', async () => {
    const { out } = await query("SELECT task_text FROM evidence WHERE task_key = 'openai-chat/tides'");
    expect(out).toContain('\\u001b[31mlow');
    expect(out).not.toContain('\u001b');
  });

  test('JSON is one array with an object for each row', async () => {
    for (const flags of [['--json'], ['--format', 'json']]) {
      const { code, out } = await query(ODD, flags);
      expect(code).toBe(0);
      expect(queryRowsSchema.parse(JSON.parse(out))).toEqual([
        {
          formula: '=1+1',
          owed: -5,
          nobody: null,
          list: [1, null],
          colour: 'red \u001b[31m',
          big: '9007199254740993',
          exact: '-12345678901234567.89',
          'co,l': 'a,"b"',
        },
      ]);
    }
    expect((await query('SELECT 1 AS one WHERE false', ['--json'])).out).toBe('[]\n');
    expect(JSON.parse((await query('SELECT * FROM range(5000)', ['--json'])).out)).toHaveLength(5000);
  });

  test('CSV: formulas are disarmed, numbers stay numbers, NULL is empty', async () => {
    const { out } = await query(ODD, ['--format', 'csv']);
    expect(out).toBe(
      `formula,owed,nobody,list,colour,big,exact,"co,l"\n'=1+1,-5,,"[1,null]",red \\u001b[31m,9007199254740993,-12345678901234567.89,"a,""b"""\n`,
    );
  });

  test('columns of one name are told apart', async () => {
    expect(JSON.parse((await query('SELECT 1 AS a, 2 AS a', ['--json'])).out)).toEqual([{ a: 1, 'a:1': 2 }]);
  });

  test('a table fits the terminal', async () => {
    const sql = "SELECT 1 AS n, repeat('long ', 100) AS words, repeat('潮', 50) AS tide";
    const { out } = await query(sql, [], { width: 60 });
    for (const line of out.trimEnd().split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(60);
    expect(out).toContain('…');
  });

  test('a long table shows its first 1,000 rows and says so; --all shows them all', async () => {
    const short = await query('SELECT * FROM range(1500)');
    expect(short.out.trimEnd().split('\n')).toHaveLength(1002);
    expect(short.err).toContain('--all shows every row');
    const long = await query('SELECT * FROM range(1500)', ['--all']);
    expect(long.out.trimEnd().split('\n')).toHaveLength(1502);
    expect(long.err).toBe('');
    expect((await query('SELECT * FROM range(1000)')).err).toBe('');
  });
});

describe('--out', () => {
  test.each(['json', 'csv', 'table'])('%s goes into the file, and nothing to stdout', async (format) => {
    const { code, out, err } = await query('SELECT * FROM range(3)', ['--format', format, '--out', `made/${format}.txt`]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('3 rows written to');
    expect(readFileSync(join(root, 'made', `${format}.txt`), 'utf8')).toContain('2');
  });

  test('parquet needs it', async () => {
    const without = await query('SELECT 1', ['--format', 'parquet']);
    expect(without).toMatchObject({ code: 2, out: '' });
    expect(without.err).toContain('expected --out FILE');
    expect((await query('SELECT * FROM scored', ['--format', 'parquet', '--out', 'made/rows.parquet'])).code).toBe(0);
    expect(readFileSync(join(root, 'made/rows.parquet')).subarray(0, 4).toString()).toBe('PAR1');
  });

  test('a query that fails leaves the earlier file as it was, and nothing beside it', async () => {
    writeFileSync(join(root, 'kept.json'), 'earlier');
    const { code } = await query("SELECT CASE WHEN range = 4000 THEN error('the tide') ELSE range END FROM range(5000)", [
      '--json',
      '--out',
      'kept.json',
    ]);
    expect(code).toBe(2);
    expect(readFileSync(join(root, 'kept.json'), 'utf8')).toBe('earlier');
    expect(readdirSync(root).filter((name) => name.startsWith('.tmp'))).toEqual([]);
  });
});

describe('refusals', () => {
  test('every one says what was expected, what was found and what to do', async () => {
    const { code, out, err } = await query('DROP VIEW scored');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^reading the query: expected one statement .*, found "DROP VIEW scored"\.\n.*`lauter distill query/);
  });

  test('a workspace that is not there', async () => {
    const outcome = await runCli(['distill', 'query', 'SELECT 1', '--workspace', 'nowhere'], root);
    expect(outcome).toMatchObject({ code: 2, out: '' });
    expect(outcome.err).toContain('expected a folder, found none');
  });

  test('a run that is not there, and the beginning of one that is', async () => {
    const outcome = await query('SELECT 1', ['--run', '20990101']);
    expect(outcome.code).toBe(2);
    expect(outcome.err).toContain('the nearest is 20260302T081500000Z-');
    expect((await query('SELECT count(*) AS rows FROM scored', ['--run', '20260302', '--json'])).out).toContain('{"rows":4}');
  });

  test('before the first run the views are empty, and that is said', async () => {
    const empty = mkdtempSync(join(root, 'empty-'));
    const { code, out, err } = await runCli(
      ['distill', 'query', 'SELECT count(*) AS rows FROM scored', '--json', '--workspace', empty],
      root,
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([{ rows: 0 }]);
    expect(err).toContain('no run has ended');
  });
});

describe('whoever reads', () => {
  test('an interrupt ends the query with 130', async () => {
    const { code, err } = await query('SELECT count(*) FROM range(1000000000000) a, range(1000) b', [], {
      onInterrupt: (listener) => {
        setImmediate(() => listener('SIGINT'));
        return () => undefined;
      },
    });
    expect(code).toBe(130);
    expect(err).toContain('interrupted');
  });

  test('a reader that goes away ends the query, and that is no failure', async () => {
    let pieces = 0;
    const { code } = await query('SELECT * FROM range(100000000)', ['--json'], { feed: () => Promise.resolve(++pieces < 3) });
    expect({ code, pieces }).toEqual({ code: 0, pieces: 3 });
  });
});
