import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataType, RecordBatchReader, tableFromIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { ARROW_SCHEMAS } from '../../../adapters/arrow/columns.ts';
import { writeArrowStream } from '../../../adapters/arrow/write-stream.ts';
import { EXPORT_COLUMNS } from '../../../adapters/lake/export-parquet.ts';
import { assistant, calls, pairRow, sftRow, TIDE_TABLE, tool, user } from '../../domain/export/forms/form-rows.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

type Set = Parameters<typeof writeArrowStream>[0];

async function writeRows(set: Set, lines: readonly string[], perBatch = 2): Promise<{ path: string; rows: number }> {
  const path = join(temporaryFolder(), 'rows.arrow');
  async function* batches() {
    for (let at = 0; at < lines.length; at += perBatch) yield lines.slice(at, at + perBatch);
  }
  return { path, rows: await writeArrowStream(set, batches(), path) };
}

/** Rows as plain values, counts as numbers. */
function readRows(path: string): unknown[] {
  const rows = tableFromIPC(readFileSync(path))
    .toArray()
    .map(
      (row) => JSON.parse(JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))) as unknown,
    );
  return rows;
}

const SFT = [
  sftRow([user('Low water?'), assistant('At 6:40.')]),
  sftRow(
    [
      user('Both days?'),
      calls('', ['call-1', '{"day":2}'], ['call-2', '{"day":3}']),
      tool('call-1', '06:40'),
      tool('call-2', '07:31'),
      assistant('6:40 and 7:31, ✓.'),
    ],
    {
      id: 'e'.repeat(64),
      split: 'test',
      tools: [TIDE_TABLE],
    },
  ),
];

test('what was written is read back, nested turns and absent fields included', async () => {
  const { path, rows } = await writeRows(
    'sft',
    SFT.map((row) => JSON.stringify(row)),
  );
  expect(rows).toBe(2);
  const [first, second] = readRows(path) as [Record<string, unknown>, Record<string, unknown>];
  expect(first).toEqual({
    id: 'a'.repeat(64),
    messages: [
      { role: 'user', content: 'Low water?', tool_calls: null, tool_call_id: null, name: null },
      { role: 'assistant', content: 'At 6:40.', tool_calls: null, tool_call_id: null, name: null },
    ],
    tools: null,
    quality_score: 'accepted',
    task_key: 'tide-1',
    split: 'train',
    tokens: 12,
    provenance: {
      source_file: 'desk/2026-03-02.jsonl',
      locator: '{"line":7}',
      line_offset: 7,
      sig_hash: 'b'.repeat(64),
      recorded_at: '2026-03-02T06:40:00.000Z',
      recorded_at_from: 'record',
    },
  });
  expect(second.split).toBe('test');
  expect((second.messages as unknown[])[1]).toEqual({
    role: 'assistant',
    content: '',
    tool_calls: [
      { id: 'call-1', name: 'tide_table', arguments: '{"day":2}' },
      { id: 'call-2', name: 'tide_table', arguments: '{"day":3}' },
    ],
    tool_call_id: null,
    name: null,
  });
  expect((second.messages as unknown[])[4]).toMatchObject({ content: '6:40 and 7:31, ✓.' });
  expect(JSON.parse(second.tools as string)).toEqual([TIDE_TABLE]);
});

test('a tool schema keeps a number that a double would change', async () => {
  const line = JSON.stringify(SFT[1]).replace('"integer"', '"integer","maximum":9223372036854775807');
  const [row] = readRows((await writeRows('sft', [line])).path) as [{ tools: string }];
  expect(row.tools).toContain('"maximum":9223372036854775807');
});

test('pairs have both provenances, and the margin is a number', async () => {
  const pair = pairRow(
    { prompt: [user('Low water?')], chosen: [assistant('At 6:40.')], rejected: [assistant('At noon.')] },
    { margin: 0.25 },
  );
  const [row] = readRows((await writeRows('preference', [JSON.stringify(pair)])).path) as [Record<string, unknown>];
  expect(row).toMatchObject({ margin: 0.25, provenance: { chosen: { line_offset: 7 }, rejected: { locator: '{"line":7}' } } });
});

test('many rows are several record batches of one stream, and the rows are in order', async () => {
  const lines = Array.from({ length: 2500 }, (_, n) =>
    JSON.stringify(sftRow([user(`Boat ${n}?`), assistant('Berthed.')], { id: String(n), tokens: n })),
  );
  const { path, rows } = await writeRows('sft', lines, 700);
  expect(rows).toBe(2500);
  const sizes = [...RecordBatchReader.from(readFileSync(path))].map((batch) => batch.numRows);
  expect(sizes).toEqual([1000, 1000, 500]);
  expect(tableFromIPC(readFileSync(path)).getChild('id')?.toArray()).toEqual(lines.map((_, n) => String(n)));
});

test('long lines fill a batch before there are a thousand of them', async () => {
  const line = JSON.stringify(sftRow([user('x'.repeat(3 << 20)), assistant('Too long.')]));
  const { path } = await writeRows('sft', [line, line, line, line]);
  expect([...RecordBatchReader.from(readFileSync(path))].map((batch) => batch.numRows)).toEqual([3, 1]);
});

test('no rows are a stream with its columns', async () => {
  const { path, rows } = await writeRows('rag', []);
  expect(rows).toBe(0);
  expect(tableFromIPC(readFileSync(path)).schema.names).toEqual(Object.keys(EXPORT_COLUMNS.rag));
});

test('a line that is no JSON is an error', async () => {
  await expect(writeRows('sft', ['{"id":'])).rejects.toThrow('an exported line cannot be read');
});

describe('columns are those of the Parquet file', () => {
  test.each(Object.keys(EXPORT_COLUMNS) as Set[])('%s', (set) => {
    const arrow = Object.fromEntries(ARROW_SCHEMAS[set].fields.map((field) => [field.name, duckdbType(field.type as DataType)]));
    const parquet = Object.fromEntries(
      Object.entries(EXPORT_COLUMNS[set]).map(([name, type]) => [name, type.replaceAll('"', '').replaceAll('JSON', 'VARCHAR')]),
    );
    expect(arrow).toEqual(parquet);
    expect(Object.keys(arrow)).toEqual(Object.keys(parquet));
  });
});

function duckdbType(type: DataType): string {
  if (DataType.isUtf8(type)) return 'VARCHAR';
  if (DataType.isInt(type)) return 'BIGINT';
  if (DataType.isFloat(type)) return 'DOUBLE';
  if (DataType.isBool(type)) return 'BOOLEAN';
  if (DataType.isList(type)) return `${duckdbType(type.valueType as DataType)}[]`;
  return `STRUCT(${type.children.map((field) => `${field.name} ${duckdbType(field.type as DataType)}`).join(', ')})`;
}
