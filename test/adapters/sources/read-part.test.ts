import { appendFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ReadRecord } from '../../../activities/ports.ts';
import { SourceChangedError, SourceError } from '../../../domain/shared/errors.ts';
import { NumberText } from '../../../domain/shared/json.ts';
import type { SourcePart } from '../../../schemas/plan.ts';
import { fixture } from './fixture-files.ts';
import { planFile, readAll, type ReadOptions } from './read-planned.ts';

const CHAT = { adapter: 'mapped', options: { layout: 'lines' } } as const;
const ELEMENTS = { adapter: 'mapped', options: { layout: 'elements' } } as const;
const DOCUMENT = { adapter: 'mapped', options: { layout: 'document' } } as const;

async function planPart(content: string | Uint8Array, read: ReadOptions): Promise<{ part: SourcePart; path: string }> {
  const { shards, path } = await planFile(content, read);
  const [part, ...others] = shards.flatMap(({ parts }) => parts);
  if (part === undefined || others.length > 0) throw new Error(`expected one part, found ${others.length + 1}`);
  return { part, path };
}

async function recordsIn(content: string | Uint8Array, read: ReadOptions): Promise<ReadRecord[]> {
  return readAll((await planPart(content, read)).part, read);
}

describe('lines', () => {
  test('each is a record with its place and canonical text', async () => {
    expect(await recordsIn('{"tide" : "low"}\n\n[2, 1]\n', CHAT)).toEqual([
      { value: { tide: 'low' }, canonical: '{"tide":"low"}', locator: { line: 0 }, line: 0 },
      { value: [2, 1], canonical: '[2,1]', locator: { line: 2 }, line: 2 },
    ]);
  });

  test('a fault has the place of its line', async () => {
    expect(await recordsIn('{}\n{"a":NaN}\n', CHAT)).toMatchObject([{ line: 0 }, { fault: 'not_finite', locator: { line: 1 }, line: 1 }]);
  });

  test('an integer beyond 2^53 keeps its text', async () => {
    expect(await recordsIn('{"id":9007199254740993}\n', CHAT)).toMatchObject([
      { value: { id: new NumberText('9007199254740993') }, canonical: '{"id":9007199254740993}' },
    ]);
  });

  test('of a packed file are those of the plain one', async () => {
    const content = '{"tide":"low"}\n{"tide":"high"}';
    expect(await recordsIn(gzipSync(content), CHAT)).toEqual(await recordsIn(content, CHAT));
  });
});

describe('elements', () => {
  test('each is a record with its pointer, key and line', async () => {
    expect(await recordsIn('{"a/b":\n{"tide":"low"},"c":2}', ELEMENTS)).toEqual([
      { value: { tide: 'low' }, canonical: '{"tide":"low"}', locator: { pointer: '/a~1b' }, line: 1, key: 'a/b' },
      { value: 2, canonical: '2', locator: { pointer: '/c' }, line: 1, key: 'c' },
    ]);
  });

  test('a fault has the place of its element', async () => {
    expect(await recordsIn('[1,\n{"a":1,"a":2},3]', ELEMENTS)).toMatchObject([
      { value: 1 },
      { fault: 'duplicate_key', locator: { pointer: '/1' }, line: 1 },
      { value: 3 },
    ]);
    expect(await recordsIn('[1', ELEMENTS)).toMatchObject([{ fault: 'truncated_line', locator: { pointer: '/0' }, line: 0 }]);
  });
});

describe('a document', () => {
  test('is one record', async () => {
    expect(await recordsIn('\ufeff{\n"tide": "low"\n}\n', DOCUMENT)).toEqual([
      { value: { tide: 'low' }, canonical: '{"tide":"low"}', locator: { pointer: '' }, line: 0 },
    ]);
  });

  test.each<[string, string | Uint8Array]>([
    ['broken_json', '{"tide":"lo'],
    ['duplicate_key', '{"tide":"low","tide":"high"}'],
    ['not_utf8', Buffer.concat([Buffer.from('{"tide":"'), Buffer.from([0xff]), Buffer.from('"}')])],
    ['too_large', JSON.stringify({ tide: 'low '.repeat(300) })],
  ])('%s is its fault as a whole', async (fault, content) => {
    expect(await recordsIn(content, { ...DOCUMENT, maxRecordBytes: 1024 })).toMatchObject([{ fault, locator: { pointer: '' }, line: 0 }]);
  });

  test('exactly as large as allowed is read', async () => {
    const content = JSON.stringify({ tide: 'x'.repeat(1013) });
    expect(content).toHaveLength(1024);
    expect(await recordsIn(content, { ...DOCUMENT, maxRecordBytes: 1024 })).toMatchObject([{ line: 0, value: {} }]);
    expect(await recordsIn(`${content} `, { ...DOCUMENT, maxRecordBytes: 1024 })).toMatchObject([
      { fault: 'too_large', detail: 'expected at most 1024 bytes, found 1025' },
    ]);
  });
});

describe('a session', () => {
  const { text } = fixture('claude-code', 'garden-planner.jsonl');
  const lines = text.trimEnd().split('\n');
  const firstJson = lines.findIndex((line) => line.startsWith('{'));

  test('is one record of all its lines, with their numbers', async () => {
    const [record, ...others] = await recordsIn(text, {});
    expect(others).toEqual([]);
    expect(record).toMatchObject({ canonical: undefined, line: firstJson, locator: { line: firstJson } });
    const { value, lines: numbers } = record as unknown as { value: unknown[]; lines: number[] };
    expect(value).toEqual(lines.slice(firstJson).map((line) => JSON.parse(line) as unknown));
    expect(numbers).toEqual(lines.slice(firstJson).map((_, index) => firstJson + index));
  });

  test('lines in front of it are a title, not records', async () => {
    const titled = await recordsIn(`Session of Tuesday\n\n# Garden\n${text}`, {});
    expect(titled).toHaveLength(1);
    expect(titled[0]).toMatchObject({ line: firstJson + 3 });
  });

  test('a broken line within it is told with its place, and the others are read', async () => {
    const broken = [...lines.slice(0, firstJson + 2), '{"type":"user",', ...lines.slice(firstJson + 2)].join('\n');
    const [fault, session] = await recordsIn(`${broken}\n`, {});
    expect(fault).toMatchObject({ fault: 'broken_json', locator: { line: firstJson + 2 }, line: firstJson + 2 });
    expect((session as { value: unknown[] }).value).toHaveLength(lines.length - firstJson);
  });

  test('a cut last line is told', async () => {
    const [fault, session] = await recordsIn(text.trimEnd().slice(0, -5), {});
    expect(fault).toMatchObject({ fault: 'truncated_line', line: lines.length - 1 });
    expect((session as { value: unknown[] }).value).toHaveLength(lines.length - firstJson - 1);
  });

  test('larger than four records may be, it is refused as a whole', async () => {
    const read = { maxRecordBytes: Math.max(...lines.map((line) => Buffer.byteLength(line))) };
    const long = `${text.trimEnd()}\n`.repeat(Math.ceil((read.maxRecordBytes * 5) / text.length));
    expect(await recordsIn(long, read)).toMatchObject([{ fault: 'too_large', line: firstJson }]);
  });
});

describe('a file that changed since it was planned', () => {
  const CONTENT = '{"tide":"low"}\n{"tide":"high"}\n';

  test.each<[string, ReadOptions, string, (path: string) => void]>([
    ['another byte in its lines', CHAT, CONTENT, (path) => writeFileSync(path, CONTENT.replace('low', 'LOW'))],
    ['a shorter one', CHAT, CONTENT, (path) => writeFileSync(path, CONTENT.slice(0, 15))],
    ['another element', ELEMENTS, '[1,2]', (path) => writeFileSync(path, '[1,3]')],
    ['another document', DOCUMENT, '{"tide":"low"}', (path) => writeFileSync(path, '{"tide":"LOW"}')],
    ['another session', {}, fixture('claude-code', 'garden-planner.jsonl').text, (path) => appendAhead(path)],
  ])('%s: nothing of it may be used', async (_name, read, content, change) => {
    const { part, path } = await planPart(content, read);
    change(path);
    const failed = readAll(part, read);
    await expect(failed).rejects.toThrow(SourceChangedError);
    await expect(failed).rejects.toThrow('expected the content the run was planned with');
  });

  test('what was appended behind the planned bytes is of no account', async () => {
    const { part, path } = await planPart(CONTENT, CHAT);
    appendFileSync(path, '{"tide":"low again"}\n');
    expect(await readAll(part, CHAT)).toHaveLength(2);
  });

  test('nor is another time', async () => {
    const { part, path } = await planPart(CONTENT, CHAT);
    utimesSync(path, 1_000_000, 1_000_000);
    expect(await readAll(part, CHAT)).toHaveLength(2);
  });

  test('a packed file that was cut is a fault of the source', async () => {
    const { part, path } = await planPart(gzipSync(CONTENT), CHAT);
    writeFileSync(path, gzipSync(CONTENT).subarray(0, statSync(path).size - 6));
    await expect(readAll(part, CHAT)).rejects.toThrow(SourceError);
  });
});

/** Moves the planned bytes by one. */
function appendAhead(path: string): void {
  writeFileSync(path, ` ${fixture('claude-code', 'garden-planner.jsonl').text}`);
}
