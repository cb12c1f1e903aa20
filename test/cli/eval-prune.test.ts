import { describe, expect, test } from 'vitest';
import { openCaptureStore } from '../../adapters/search/capture-store.ts';
import { evalPrune } from '../../cli/commands/eval-prune.ts';
import { pruneReportSchema } from '../../schemas/captured-row.ts';
import { newCapturedRow } from '../support/answered-search.ts';
import { fillCaptures, FIRST_MS } from '../support/captured-segments.ts';
import { recordingIo } from '../support/recording-io.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function countIn(folder: string): number {
  return [...openCaptureStore(folder).newestFirst()].length;
}

describe('PRN-1: the duration is needed', () => {
  test.each([
    [[]],
    [['--older-than', 'banana']],
    [['--older-than', '']],
    [['--older-than=-1d']],
    [['--older-than', '5']],
    [['--older-than', '1w']],
  ])('%j is refused', async (flags) => {
    const folder = temporaryFolder();
    fillCaptures(folder, 3, 2);
    const { code, err } = await runCli(['eval', 'prune', ...flags, '--workspace', folder], folder);
    expect(code).toBe(2);
    expect(err).toContain('--older-than');
    expect(countIn(folder)).toBe(3);
  });
});

test('PRN-2: a duration of nothing removes every row that was captured before the command began', async () => {
  const folder = temporaryFolder();
  for (const query of ['pears', 'plums']) await openCaptureStore(folder, () => Date.now() - 1).append(newCapturedRow({ query }));
  const { code, out } = await runCli(['eval', 'prune', '--older-than', '0s', '--json', '--workspace', folder], folder);
  expect(code).toBe(0);
  expect(pruneReportSchema.parse(JSON.parse(out))).toMatchObject({ dry_run: false, count: 2 });
  expect(countIn(folder)).toBe(0);
});

test('PRN-3: a dry run removes nothing and says what the real run then removes', async () => {
  const folder = temporaryFolder();
  fillCaptures(folder, 10, 3);
  const run = async (dryRun: boolean) => {
    const io = recordingIo();
    expect(await evalPrune(io, { workspace: folder, olderThan: 4_000, dryRun, json: true }, FIRST_MS + 9_000)).toBe(0);
    return JSON.parse(io.printed()) as unknown;
  };
  const cutoff = '2026-03-02T12:00:05.000Z';
  expect(await run(true)).toEqual({ schema_version: 1, dry_run: true, cutoff, count: 5 });
  expect(countIn(folder)).toBe(10);
  expect(await run(false)).toEqual({ schema_version: 1, dry_run: false, cutoff, count: 5 });
  expect(countIn(folder)).toBe(5);
  expect(await run(false)).toEqual({ schema_version: 1, dry_run: false, cutoff, count: 0 });
});

test('people get a sentence', async () => {
  const folder = temporaryFolder();
  fillCaptures(folder, 3, 2);
  const dry = await runCli(['eval', 'prune', '--older-than', '1d', '--dry-run', '--workspace', folder], folder);
  expect(dry.out).toMatch(/^3 rows captured before \S+Z would be removed\n$/);
  const real = await runCli(['eval', 'prune', '--older-than', '1d', '--workspace', folder], folder);
  expect(real.out).toMatch(/^3 rows captured before \S+Z removed\n$/);
});

test('a store that was never written to has nothing to remove, and a duration longer than time is one', async () => {
  const folder = temporaryFolder();
  const { code, out } = await runCli(['eval', 'prune', '--older-than', '90000000d', '--json', '--workspace', folder], folder);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ schema_version: 1, dry_run: false, cutoff: '0000-01-01T00:00:00.000Z', count: 0 });
});
