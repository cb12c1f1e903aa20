import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { evalExport } from '../../cli/commands/eval-export.ts';
import { capturedRowSchema, type CapturedRow } from '../../schemas/captured-row.ts';
import { fillCaptures, FIRST_MS } from '../support/captured-segments.ts';
import { recordingIo } from '../support/recording-io.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function rowsOf(out: string): CapturedRow[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CapturedRow);
}

function idsOf(out: string): number[] {
  return rowsOf(out).map(({ id }) => id);
}

test('EXP-1: an empty store prints nothing at all and ends with 0', async () => {
  const folder = temporaryFolder();
  expect(await runCli(['eval', 'export', '--workspace', folder], folder)).toEqual({ code: 0, out: '', err: '0 rows\n' });
  expect(readdirSync(folder)).toEqual([]);
});

test('EXP-2: one row a line, the last first, with the fields of the format and schema_version in front', async () => {
  const folder = temporaryFolder();
  fillCaptures(folder, 5, 2);
  const { code, out, err } = await runCli(['eval', 'export', '--workspace', folder], folder);
  expect({ code, err }).toEqual({ code: 0, err: '5 rows\n' });
  expect(out.endsWith('\n')).toBe(true);
  expect(
    out
      .split('\n')
      .slice(0, -1)
      .every((line) => line.startsWith('{"schema_version":1,"id":')),
  ).toBe(true);
  const rows = rowsOf(out);
  expect(rows.map((row) => capturedRowSchema.parse(row))).toEqual(rows);
  expect(rows.map(({ id, created_at, query }) => [id, created_at, query])).toEqual([
    [5, '2026-03-02T12:00:04.000Z', 'boat 5'],
    [4, '2026-03-02T12:00:03.000Z', 'boat 4'],
    [3, '2026-03-02T12:00:02.000Z', 'boat 3'],
    [2, '2026-03-02T12:00:01.000Z', 'boat 2'],
    [1, '2026-03-02T12:00:00.000Z', 'boat 1'],
  ]);
});

test('a thousand rows unless more are asked for', async () => {
  const folder = temporaryFolder();
  fillCaptures(folder, 1_003, 500);
  expect((await runCli(['eval', 'export', '--workspace', folder], folder)).err).toBe('1,000 rows\n');
  expect((await runCli(['eval', 'export', '--limit', '1002', '--workspace', folder], folder)).err).toBe('1,002 rows\n');
});

describe('EXP-3: the limit', () => {
  test.each(['0', '-1', '1.5', 'ten', '', '1e3', 'Infinity', 'NaN'])('%j is refused', async (limit) => {
    const folder = temporaryFolder();
    const { code, err } = await runCli(['eval', 'export', `--limit=${limit}`, '--workspace', folder], folder);
    expect(code).toBe(2);
    expect(err).toContain('--limit');
  });

  test('above 100,000 it is 100,000, and that is told', async () => {
    const folder = temporaryFolder();
    fillCaptures(folder, 100_003, 10_000);
    const { code, out, err } = await runCli(['eval', 'export', '--limit', '10000000', '--workspace', folder], folder);
    expect(code).toBe(0);
    expect(err).toMatch(/100000[^]*100,000 rows\n$/);
    const ids = idsOf(out);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([100_000, 100_003, 4]);
    const rest = await runCli(['eval', 'export', '--limit', '10000000', '--before-id', '4', '--workspace', folder], folder);
    expect(idsOf(rest.out)).toEqual([3, 2, 1]);
  });
});

describe('EXP-4: filters', () => {
  test.each([
    ['--since', '5y'],
    ['--since', ''],
    ['--since', '-5d'],
    ['--since', '1.5h'],
    ['--tool', 'foo'],
    ['--tool', 'Query'],
    ['--before-id', '0'],
    ['--before-id', 'x'],
    ['--sinc', '5d'],
  ])('%s %j is refused', async (flag, value) => {
    const folder = temporaryFolder();
    const { code, out, err } = await runCli(['eval', 'export', `${flag}=${value}`, '--workspace', folder], folder);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(flag);
  });

  test('rows of a tool, before an id', async () => {
    const folder = temporaryFolder();
    fillCaptures(folder, 10, 4);
    const ids = async (...flags: string[]) => idsOf((await runCli(['eval', 'export', ...flags, '--workspace', folder], folder)).out);
    expect(await ids('--tool', 'query')).toEqual([9, 6, 3]);
    expect(await ids('--tool', 'search', '--before-id', '6')).toEqual([5, 4, 2, 1]);
    expect(await ids('--limit', '2', '--before-id', '9')).toEqual([8, 7]);
    expect(await ids('--since', '1ms')).toEqual([]);
  });

  test('since a duration includes the very moment', async () => {
    const folder = temporaryFolder();
    fillCaptures(folder, 10, 4);
    const io = recordingIo();
    await evalExport(io, { workspace: folder, limit: 100, since: 3_000 }, FIRST_MS + 9_000);
    expect(idsOf(io.printed())).toEqual([10, 9, 8, 7]);
  });

  test('a duration of nothing and one longer than time are durations', async () => {
    const folder = temporaryFolder();
    fillCaptures(folder, 3, 4);
    const count = async (since: string) => (await runCli(['eval', 'export', '--since', since, '--workspace', folder], folder)).err;
    expect(await count('0s')).toBe('0 rows\n');
    expect(await count('90000000 d')).toBe('3 rows\n');
  });
});

test('pages of rows put together are all rows, without a gap, while more are captured', async () => {
  const folder = temporaryFolder();
  fillCaptures(folder, 25, 4);
  const found: number[] = [];
  for (let before = 26; before > 1; before = found.at(-1)!) {
    found.push(
      ...idsOf((await runCli(['eval', 'export', '--limit', '7', '--before-id', String(before), '--workspace', folder], folder)).out),
    );
  }
  expect(found).toEqual(Array.from({ length: 25 }, (_, place) => 25 - place));
});

test('it ends quietly and with 0 once nobody reads on', async () => {
  const folder = temporaryFolder();
  fillCaptures(folder, 1_000, 500);
  const io = { ...recordingIo(), feed: async () => false };
  expect(await evalExport(io, { workspace: folder, limit: 1_000 })).toBe(0);
  expect(io.said()).toBe('');
});

test('a closed pipe ends the program with 0 and without a word', async () => {
  const folder = temporaryFolder();
  fillCaptures(folder, 3_000, 500);
  const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const program = spawn(
    process.execPath,
    [
      '--import',
      at('../support/typescript-loader.mjs'),
      at('../../cli/main.ts'),
      'eval',
      'export',
      '--limit',
      '3000',
      '--workspace',
      folder,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let told = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  await once(program.stdout, 'data');
  program.stdout.destroy();
  const [code] = (await once(program, 'close')) as [number | null];
  expect({ code, told }).toEqual({ code: 0, told: '' });
});
