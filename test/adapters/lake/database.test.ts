import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, describe, expect, test } from 'vitest';
import { identifier, literal, openDatabase, type Database } from '../../../adapters/lake/database.ts';
import { DiskFullError, LakeCorruptError } from '../../../domain/shared/errors.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function open(root = temporaryFolder()): Promise<Database> {
  const database = await openDatabase({ threads: 2, memoryMb: 128, tempDir: join(root, 'spill') });
  onTestFinished(() => database.close());
  return database;
}

describe('values', () => {
  test('are what JSON can hold', async () => {
    const database = await open();
    const sql = `SELECT 1::INTEGER AS i, 9007199254740991::BIGINT AS b, -9007199254740991::BIGINT AS n, 0.5::DOUBLE AS d, NULL AS z, true AS t,
      'tide' AS s, ['a', 'b'] AS l, [1::BIGINT, 2::BIGINT] AS c`;
    expect(await database.rows(sql)).toEqual([
      { i: 1, b: 9007199254740991, n: -9007199254740991, d: 0.5, z: null, t: true, s: 'tide', l: ['a', 'b'], c: [1, 2] },
    ]);
  });

  test.each(['9007199254740992', '-9007199254740992', '9223372036854775807'])(
    'the integer %s is an error that names its column',
    async (text) => {
      const database = await open();
      await expect(database.rows(`SELECT ${text}::BIGINT AS crates`)).rejects.toThrow(
        `column crates holds ${text}, which a number cannot hold`,
      );
    },
  );

  test('can be handed over by name', async () => {
    const database = await open();
    expect(await database.rows('SELECT $word AS word, $count + 1 AS count', { word: "it's", count: 2 })).toEqual([
      { word: "it's", count: 3 },
    ]);
  });
});

describe('rows', () => {
  test('come in batches as they are produced', async () => {
    const database = await open();
    const sizes: number[] = [];
    let sum = 0;
    for await (const batch of database.stream<{ i: number }>('SELECT range AS i FROM range(5000) ORDER BY i')) {
      sizes.push(batch.length);
      sum += batch.reduce((total, { i }) => total + i, 0);
    }
    expect(sizes).toEqual([2048, 2048, 904]);
    expect(sum).toBe((4999 * 5000) / 2);
  });

  test('none are no batch', async () => {
    const database = await open();
    expect(await database.rows('SELECT 1 AS i WHERE false')).toEqual([]);
  });
});

describe('text in queries', () => {
  test.each(["it's", "'; DROP TABLE tides; --", '""', '\\', ''])('%j stays a text and a name', async (text) => {
    const database = await open();
    expect(await database.rows(`SELECT ${literal(text)} AS ${identifier(`the ${text}`)}`)).toEqual([{ [`the ${text}`]: text }]);
  });
});

describe('settings', () => {
  test('are what was asked for, and cannot be changed', async () => {
    const database = await open();
    expect(await database.rows("SELECT current_setting('threads') AS threads, current_setting('TimeZone') AS zone")).toEqual([
      { threads: 2, zone: 'UTC' },
    ]);
    await expect(database.run('SET threads=4')).rejects.toThrow('locked');
    await expect(database.run('SET lock_configuration=false')).rejects.toThrow('locked');
    await expect(database.run('SET autoload_known_extensions=true')).rejects.toThrow('locked');
  });
});

describe('errors', () => {
  test('of a query are told as they are', async () => {
    const database = await open();
    await expect(database.run('SELEC 1')).rejects.toThrow('syntax error');
  });

  test('a file that is no Parquet is a corrupt lake', async () => {
    const root = temporaryFolder({ 'tides.parquet': 'low at six and high at noon' });
    const database = await open(root);
    const failed = database.rows(`SELECT * FROM read_parquet(${literal(join(root, 'tides.parquet'))})`);
    await expect(failed).rejects.toThrow(LakeCorruptError);
  });

  test.skipIf(!existsSync('/dev/full'))('a disk without room is told as such', async () => {
    const database = await open();
    await expect(database.run("COPY (SELECT range AS i FROM range(200000)) TO '/dev/full' (FORMAT csv)")).rejects.toThrow(DiskFullError);
  });
});
