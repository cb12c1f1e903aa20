import { readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { detectFile, type DetectedFile } from '../../../adapters/sources/detect.ts';
import { sampleFile } from '../../../adapters/sources/file-sample.ts';
import { SOURCE_ADAPTERS } from '../../../adapters/sources/registry.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { ADAPTERS } from '../../../schemas/vocabulary.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fixture } from './fixture-files.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** What a file with this content is, found in a folder unless it was named. */
function detect(name: string, content: string | Uint8Array, { explicit = false } = {}): Promise<DetectedFile> {
  const path = join(temporaryFolder({ [name]: content }), name);
  return detectFile({ path, sourceFile: name, name, explicit });
}

function fixtureFiles(): string[] {
  const entries = readdirSync(FIXTURES, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => relative(FIXTURES, join(entry.parentPath, entry.name))).sort();
  return files.filter((file) => basename(file) !== 'ORIGIN.md');
}

describe('the fixtures of every adapter', () => {
  test.each(fixtureFiles().filter((file) => !file.startsWith('mapped/')))('%s is claimed by its adapter alone', async (file) => {
    const [adapter = ''] = file.split('/');
    const name = file.slice(adapter.length + 1);
    const detected = await detectFile({ path: join(FIXTURES, file), sourceFile: file, name, explicit: false });
    const { sample } = await sampleFile(join(FIXTURES, file), name);
    expect(ADAPTERS.filter((other) => SOURCE_ADAPTERS[other].detect(sample) !== undefined)).toEqual([adapter]);
    if (detected.kind === 'source') expect(detected).toMatchObject({ adapter, compression: 'none' });
    else {
      // A companion: it belongs to the format but holds no records.
      expect(detected.kind).toBe('ignored');
      expect(detected.reason).toMatch(new RegExp(`^${adapter}: `));
    }
  });

  test.each(fixtureFiles().filter((file) => file.startsWith('mapped/')))('%s is of no known format, and may be mapped', async (file) => {
    const found = { path: join(FIXTURES, file), sourceFile: file, name: basename(file), explicit: false };
    expect(await detectFile(found)).toMatchObject({ kind: 'unknown', reason: 'JSON of no known trace format' });
    const options: Record<string, JsonValue> = { layout: 'elements' };
    expect(await detectFile(found, { adapter: 'mapped', options })).toMatchObject({
      kind: 'source',
      adapter: 'mapped',
      layout: 'elements',
    });
  });

  test('there are some of each kind', () => {
    expect([...new Set(fixtureFiles().map((file) => file.split('/')[0]))].sort()).toEqual([...ADAPTERS].sort());
  });
});

describe('content decides, not the name', () => {
  const { text } = fixture('openai-chat', 'bakery-night-shift.jsonl');

  test.each(['night.jsonl', 'night.txt', 'night', 'night.traj'])('chat lines in %s are chat lines', async (name) => {
    expect(await detect(name, text)).toMatchObject({ kind: 'source', adapter: 'openai-chat', layout: 'lines' });
  });

  test('packed files are looked into, whatever they are called', async () => {
    expect(await detect('night.jsonl.gz', gzipSync(text))).toMatchObject({ kind: 'source', adapter: 'openai-chat', compression: 'gzip' });
    expect(await detect('night.dat', gzipSync(text))).toMatchObject({ kind: 'source', adapter: 'openai-chat', compression: 'gzip' });
  });

  test('a byte order mark and line ends of another system change nothing', async () => {
    expect(await detect('night.jsonl', `\ufeff${text.replaceAll('\n', '\r\n')}`)).toMatchObject({ kind: 'source', adapter: 'openai-chat' });
  });

  test('a file larger than the sample is told by its beginning', async () => {
    const long = text.repeat(Math.ceil((600 << 10) / text.length));
    expect(await detect('night.jsonl', long)).toMatchObject({ kind: 'source', adapter: 'openai-chat' });
  });

  test('an array whose first element is larger than the sample is told by that element', async () => {
    const [run] = JSON.parse(fixture('tau-bench', 'library-desk.json').text) as [{ traj: object[] }];
    const long = { ...run, traj: [...run.traj, { role: 'assistant', content: 'The reading room is open until eight. '.repeat(10_000) }] };
    expect(await detect('runs.json', JSON.stringify([long, long]))).toMatchObject({
      kind: 'source',
      adapter: 'tau-bench',
      layout: 'elements',
    });
  });
});

describe('what is no trace', () => {
  test.each<[string, string, 'ignored' | 'unknown', string]>([
    ['notes.md', '# Tides\n\nLow at six.', 'ignored', 'not JSON, JSONL or a log archive'],
    ['tides.csv', 'day,low\n1,6:40\n', 'ignored', 'not JSON, JSONL or a log archive'],
    ['picture.png', '\u0089PNG\r\n', 'ignored', 'not JSON, JSONL or a log archive'],
    ['tides.json', '{"low":"6:40"}', 'unknown', 'JSON of no known trace format'],
    ['tides.jsonl', '{"low":"6:40"}\n', 'unknown', 'JSON of no known trace format'],
    ['tides.txt', '{"low":"6:40"}\n', 'unknown', 'JSON of no known trace format'],
    ['broken.json', 'low: 6:40', 'unknown', 'JSON of no known trace format'],
    ['empty.jsonl', '', 'ignored', 'the file is empty'],
  ])('%s', async (name, content, kind, reason) => {
    expect(await detect(name, content)).toMatchObject({ kind, reason });
    // What somebody named is never passed over.
    expect(await detect(name, content, { explicit: true })).toMatchObject({ kind: 'unknown', reason });
  });

  test('a companion that was named explicitly is not passed over either', async () => {
    const { path, text } = fixture('aider-bench', 'chat_md/lantern__clock-101.md');
    expect(await detect(basename(path), text)).toMatchObject({ kind: 'ignored' });
    expect(await detect(basename(path), text, { explicit: true })).toMatchObject({ kind: 'unknown' });
  });

  test('an adapter that was chosen is not asked to read what it does not know', async () => {
    const path = join(temporaryFolder({ 'tides.jsonl': '{"low":"6:40"}\n' }), 'tides.jsonl');
    const found = { path, sourceFile: 'tides.jsonl', name: 'tides.jsonl', explicit: false };
    expect(await detectFile(found, { adapter: 'openai-chat', options: {} })).toMatchObject({ kind: 'unknown' });
  });

  test('mapped takes JSON of any kind, and only that', async () => {
    const root = temporaryFolder({ 'tides.jsonl': '{"low":"6:40"}\n', 'notes.md': '# Tides' });
    const found = (name: string) => ({ path: join(root, name), sourceFile: name, name, explicit: false });
    const mapped = { adapter: 'mapped' as const, options: {} };
    expect(await detectFile(found('tides.jsonl'), mapped)).toMatchObject({ kind: 'source', adapter: 'mapped', layout: 'lines' });
    expect(await detectFile(found('notes.md'), mapped)).toMatchObject({ kind: 'ignored' });
  });
});
