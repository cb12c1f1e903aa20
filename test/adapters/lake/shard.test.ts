import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';
import { NumberText, type JsonValue } from '../../../domain/shared/json.ts';
import { parseStrictJson } from '../../../domain/shared/strict-json.ts';
import { shardEntrySchema } from '../../../schemas/manifest.ts';
import { assembled, openTestLake, publishEvidence, rowsIn } from './lake-rows.ts';

const MARCH_2 = { recordedAt: '2026-03-02T06:40:00.000Z' };
const MARCH_3 = { recordedAt: '2026-03-03T00:00:00.000Z' };
const UNDATED = { recordedAt: null };

describe('a shard', () => {
  test('does not exist before it is published, and is found as it was published', async () => {
    const { lake } = openTestLake();
    expect(lake.find('evidence', 'k1')).toBeUndefined();
    const entry = await publishEvidence(lake, 'k1', [{ signed: 'one' }, { signed: 'two' }]);
    expect(shardEntrySchema.parse(entry)).toMatchObject({ kind: 'evidence', key: 'k1', rows: 2, counts: { records: 2 } });
    expect(lake.find('evidence', 'k1')).toEqual(entry);
    expect([lake.find('evidence', 'k2'), lake.find('scored', 'k1')]).toEqual([undefined, undefined]);
  });

  test('lies in one file a day, in UTC, undated records apart', async () => {
    const { lake, root } = openTestLake();
    const entry = await publishEvidence(lake, 'k1', [
      { signed: 'a', ...MARCH_3 },
      { signed: 'b', ...UNDATED },
      { signed: 'c', ...MARCH_2 },
      { signed: 'd', ...MARCH_3 },
    ]);
    expect(entry.parts.map(({ path, day, rows }) => [path, day, rows])).toEqual([
      ['evidence/2026/03/02/k1.parquet', '2026-03-02', 1],
      ['evidence/2026/03/03/k1.parquet', '2026-03-03', 2],
      ['evidence/undated/k1.parquet', 'undated', 1],
    ]);
    for (const { path, bytes, sha256 } of entry.parts) {
      const content = readFileSync(join(root, path));
      expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
    }
  });

  test('gives its rows in the order they were written, whatever their days', async () => {
    const { lake } = openTestLake();
    const days = [MARCH_3, UNDATED, MARCH_2, MARCH_3, MARCH_2];
    const entry = await publishEvidence(
      lake,
      'k1',
      days.map((day, index) => ({ signed: `record ${index}`, ...day })),
    );
    const rows = await rowsIn(lake, entry);
    expect(rows.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4]);
    expect(rows.map(({ id }) => id)).toEqual(days.map((day, index) => assembled({ signed: `record ${index}`, ...day }).evidence.id));
  });

  test('without a row is a shard, too', async () => {
    const { lake } = openTestLake();
    const entry = await publishEvidence(lake, 'k1', []);
    expect(entry).toMatchObject({ rows: 0, parts: [] });
    expect(lake.find('evidence', 'k1')).toEqual(entry);
    expect(await rowsIn(lake, entry)).toEqual([]);
  });

  test('published again is the same shard', async () => {
    const { lake } = openTestLake();
    const records = [
      { signed: 'a', ...MARCH_2 },
      { signed: 'b', ...UNDATED },
    ];
    const first = await publishEvidence(lake, 'k1', records);
    expect(await publishEvidence(lake, 'k1', records)).toEqual(first);
  });

  test('that was never published leaves nothing behind', () => {
    const { lake, root } = openTestLake();
    const draft = lake.draft();
    draft.write('evidence', '{}', '2026-03-02');
    draft.close();
    expect(lake.find('evidence', 'k1')).toBeUndefined();
    expect(readdirSync(join(root, 'scratch'))).toEqual([]);
    expect(existsSync(join(root, 'evidence'))).toBe(false);
  });

  test('leaves no scratch behind, also when a reader stops early', async () => {
    const { lake, root } = openTestLake();
    const entry = await publishEvidence(
      lake,
      'k1',
      Array.from({ length: 5000 }, (_, index) => ({ signed: `record ${index}` })),
    );
    for await (const batch of lake.scanEvidence(entry)) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    expect(readdirSync(join(root, 'scratch'))).toEqual([]);
  });
});

describe('a shard that is not whole does not exist', () => {
  test.each<[string, (path: string) => void]>([
    ['a file is missing', (path) => rmSync(path)],
    ['a file is shorter', (path) => truncateSync(path, statSync(path).size - 1)],
    ['a file is longer', (path) => appendFileSync(path, '\n')],
  ])('%s', async (_name, harm) => {
    const { lake, root } = openTestLake();
    const entry = await publishEvidence(lake, 'k1', [
      { signed: 'a', ...MARCH_2 },
      { signed: 'b', ...MARCH_3 },
    ]);
    harm(join(root, entry.parts[1]!.path));
    expect(lake.find('evidence', 'k1')).toBeUndefined();
  });

  test('its entry is missing', async () => {
    const { lake, root } = openTestLake();
    await publishEvidence(lake, 'k1', [{}]);
    rmSync(join(root, 'entries/evidence/k1.json'));
    expect(lake.find('evidence', 'k1')).toBeUndefined();
  });

  test.each(['', '{"schema":"sha', '{"schema":"shard/2","kind":"evidence"}', 'null'])(
    'an entry that says %j is an error that tells what to do',
    async (text) => {
      const { lake, root } = openTestLake();
      await publishEvidence(lake, 'k1', [{}]);
      writeFileSync(join(root, 'entries/evidence/k1.json'), text);
      expect(() => lake.find('evidence', 'k1')).toThrow(LakeCorruptError);
    },
  );

  test('a damaged file of the right size is found when it is read', async () => {
    const { lake, root } = openTestLake();
    const entry = await publishEvidence(lake, 'k1', [{}]);
    const path = join(root, entry.parts[0]!.path);
    writeFileSync(path, Buffer.alloc(statSync(path).size));
    await expect(rowsIn(lake, entry)).rejects.toThrow(LakeCorruptError);
  });
});

describe('what is stored is what was written', () => {
  const TEXTS = ['', "it's", '"', '\\', '\n\r\t', '\u0000', '\u001f\u007f', '\u2028\ufeff', '\uffff', '😀', 'null', '{"a":1}', '$1 %s ;--'];
  const NUMBERS: JsonValue[] = [
    0.1,
    1e21,
    1e-7,
    5e-324,
    2 ** 53 - 1,
    new NumberText('9223372036854775807'),
    new NumberText('1'.repeat(40)),
  ];

  test('texts in every field', async () => {
    const { lake } = openTestLake();
    const records = TEXTS.map((text) => ({
      signed: `signed ${text}`,
      source: `s${text}`,
      file: `f${text}`,
      task: { id: text, text },
      messages: [{ role: 'user' as const, content: text, name: text }],
      artifacts: [{ kind: 'answer' as const, text }],
      tools: [text],
      model: text,
      locator: { pointer: `/${text}` },
    }));
    const rows = await rowsIn(lake, await publishEvidence(lake, 'k1', records));
    for (const [index, row] of rows.entries()) {
      const { evidence } = assembled(records[index]);
      expect([row.source, row.source_file, row.task_text, row.task_key, row.model]).toEqual([
        evidence.source,
        evidence.provenance.source_file,
        evidence.task.text,
        evidence.task.key,
        evidence.model,
      ]);
      expect([row.messages, row.artifacts, row.tools, row.locator].map((text) => JSON.parse(text!) as unknown)).toEqual([
        evidence.messages,
        evidence.artifacts,
        evidence.tools,
        evidence.provenance.locator,
      ]);
    }
    expect(rows).toHaveLength(TEXTS.length);
  });

  test('numbers to the last digit', async () => {
    const { lake } = openTestLake();
    const [row] = await rowsIn(
      lake,
      await publishEvidence(lake, 'k1', [{ tools: NUMBERS, outcome: { state: 'partial', value: 0.1, from: 'reward' } }]),
    );
    expect(isDeepStrictEqual(parseStrictJson(row?.tools ?? ''), NUMBERS)).toBe(true);
    expect(row?.outcome_value).toBe(0.1);
  });

  test('what is not there is null', async () => {
    const { lake } = openTestLake();
    const [row] = await rowsIn(lake, await publishEvidence(lake, 'k1', [{ outcome: { state: 'unknown', value: null, from: 'none' } }]));
    expect([row?.tools, row?.model, row?.outcome_value]).toEqual([null, null, null]);
  });

  test('a record of 17 MiB, which is more than DuckDB reads unasked', async () => {
    const { lake } = openTestLake({ memoryMb: 512 });
    const content = 'low tide '.repeat((17 << 20) / 9);
    const [row] = await rowsIn(lake, await publishEvidence(lake, 'k1', [{ messages: [{ role: 'user', content }] }]));
    expect(row?.messages.length).toBeGreaterThan(17 << 20);
  });
});
