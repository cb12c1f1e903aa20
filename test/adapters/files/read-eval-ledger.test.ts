import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEvalLedger } from '../../../adapters/files/read-eval-ledger.ts';
import { cellOf, writeEvalLedger } from '../../support/compared-arms.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CELLS = ['conservative', 'balanced', 'tokenmax'].map((mode) => cellOf(mode, 'mrr', [1, 0]));
const NAME = 'ledger/eval-results.jsonl';

describe('a chained ledger', () => {
  test('gives its records', async () => {
    const { records, malformed, isChained } = await readEvalLedger(await writeEvalLedger(temporaryFolder(), CELLS), NAME);
    expect(records.map(({ run_uid }) => run_uid)).toEqual(['run-conservative', 'run-balanced', 'run-tokenmax']);
    expect([malformed, isChained]).toEqual([[], true]);
  });

  test('is refused where a row was edited, with its line, its stated hash and the one that its content comes to', async () => {
    const path = await writeEvalLedger(temporaryFolder(), CELLS);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"run_uid":"run-balanced"', '"run_uid":"run-balance!"'));
    const stated = JSON.parse(readFileSync(path, 'utf8').split('\n')[1]!) as { row_hash: string };
    await expect(readEvalLedger(path, NAME)).rejects.toThrow(
      new RegExp(`ledger/eval-results\\.jsonl:2: expected .*row_hash says ${stated.row_hash}, its content comes to [0-9a-f]{64}`),
    );
    await expect(readEvalLedger(path, NAME)).rejects.toMatchObject({ name: 'LakeCorruptError', context: { line: 2, kind: 'edit' } });
  });

  test.each<[string, string, (lines: string[]) => string[]]>([
    ['reordered', 'reorder', ([first, second, third]) => [first!, third!, second!]],
    ['that lost one in the middle', 'removal', ([first, , third]) => [first!, third!]],
    ['that lost the last one', 'truncation', ([first, second]) => [first!, second!]],
    ['with one of another writer between', 'insertion', ([first, second, third]) => [first!, '{"run_id":"foreign"}', second!, third!]],
    ['with a line that is no JSON between', 'insertion', ([first, second, third]) => [first!, 'low tide', second!, third!]],
  ])('is refused with rows %s', async (_what, kind, change) => {
    const path = await writeEvalLedger(temporaryFolder(), CELLS);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    writeFileSync(path, `${change(lines).join('\n')}\n`);
    await expect(readEvalLedger(path, NAME)).rejects.toMatchObject({ name: 'LakeCorruptError', context: { kind } });
  });

  test('is refused without its head', async () => {
    const path = await writeEvalLedger(temporaryFolder(), CELLS);
    rmSync(path.replace('.jsonl', '.head.json'));
    await expect(readEvalLedger(path, NAME)).rejects.toMatchObject({ context: { kind: 'head' } });
  });

  test('is refused where every mark of the chain was taken out of its rows', async () => {
    const path = await writeEvalLedger(temporaryFolder(), CELLS);
    const bare = readFileSync(path, 'utf8').replaceAll(/,"(?:prev|row)_hash":"[0-9a-f]+"/g, '');
    writeFileSync(path, bare);
    await expect(readEvalLedger(path, NAME)).rejects.toMatchObject({ name: 'LakeCorruptError' });
  });

  test('counts a row that was cut off while it was written', async () => {
    const path = await writeEvalLedger(temporaryFolder(), CELLS);
    appendFileSync(path, '{"run_id":"cut o');
    const { records, malformed } = await readEvalLedger(path, NAME);
    expect([records.length, malformed]).toEqual([3, [4]]);
  });
});

describe('a plain ledger of another writer', () => {
  const ROW = {
    schema_version: 3,
    run_id: 'abc-longmemeval-balanced-42',
    ran_at: '2026-05-22T10:00:00.000Z',
    suite: 'longmemeval',
    mode: 'balanced',
    commit: 'abc',
    seed: 42,
    params: { metrics: { mrr: 0.5 }, flavour: 'plain' },
    status: 'completed',
    duration_ms: 10,
  };

  test('loads unchanged', async () => {
    const folder = temporaryFolder({ 'eval-results.jsonl': `${JSON.stringify(ROW)}\n` });
    const { records, malformed, isChained } = await readEvalLedger(join(folder, 'eval-results.jsonl'), NAME);
    expect(records).toEqual([ROW]);
    expect([malformed, isChained]).toEqual([[], false]);
  });

  test('counts what is no record, by line, and leaves blank lines alone', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${JSON.stringify(ROW)}\n\n{"run_id":\n{"schema_version":9}\n[1]\n  \n`),
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      Buffer.from(JSON.stringify({ ...ROW, mode: 'n/a' })),
    ]);
    const folder = temporaryFolder({ 'eval-results.jsonl': bytes });
    const { records, malformed } = await readEvalLedger(join(folder, 'eval-results.jsonl'), NAME);
    expect([records.length, malformed]).toEqual([2, [3, 4, 5, 7]]);
  });
});

test('a ledger that is not there is one, with what to do', async () => {
  await expect(readEvalLedger(join(temporaryFolder(), 'none.jsonl'), 'none.jsonl')).rejects.toMatchObject({
    name: 'CollectionError',
    message: 'reading the ledger of evaluations, on none.jsonl: expected a file, found none.',
    remedy: expect.stringContaining('lauter eval run-all') as string,
  });
});
