import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ReadRecord } from '../../../activities/ports.ts';
import { countRecords } from '../../../adapters/sources/count-records.ts';
import { detectFile, type DetectedFile } from '../../../adapters/sources/detect.ts';
import { planSources } from '../../../adapters/sources/plan-sources.ts';
import { SourceChangedError, SourceError } from '../../../domain/shared/errors.ts';
import { isObject, type JsonObject } from '../../../domain/shared/json.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fixture } from './fixture-files.ts';
import { planFile, readAll, resultsOf, type ReadOptions } from './read-planned.ts';
import { zipOf, zstdBomb, type ZipMember } from './zip-writer.ts';

const QUIZ = fixture('inspect', 'orchard-quiz.json').text;
const ARCHIVE = readFileSync(join(import.meta.dirname, 'fixtures/inspect/graft-advice.eval'));
const EVAL = { task: 'barn_owls', model: 'meadow/owl-1', created: '2026-04-11T06:30:00Z' };
const HEADER = { version: 2, status: 'success', eval: EVAL };

const owl = (id: number, fields: JsonObject = {}): JsonObject => ({
  id,
  epoch: 1,
  input: 'How many owls are in the barn?',
  target: 'two',
  messages: [
    { role: 'user', content: 'How many owls are in the barn?' },
    { role: 'assistant', content: 'Two.' },
  ],
  scores: { match: { value: 'C' } },
  ...fields,
});
const member = (id: number, more: Partial<ZipMember> = {}): ZipMember => ({
  name: `samples/${id}_epoch_1.json`,
  content: JSON.stringify(owl(id)),
  ...more,
});
const header = (content: unknown = HEADER): ZipMember => ({ name: 'header.json', content: JSON.stringify(content) });
const logText = (samples: readonly unknown[], head: object = HEADER): string => JSON.stringify({ ...head, samples });

function detect(name: string, content: string | Uint8Array, { explicit = false } = {}): Promise<DetectedFile> {
  const path = join(temporaryFolder({ [name]: content }), name);
  return detectFile({ path, sourceFile: name, name, explicit });
}

async function read(content: string | Uint8Array, options: ReadOptions = {}): Promise<ReadRecord[]> {
  const { shards } = await planFile(content, options);
  return readAll(shards[0]!.parts[0]!, options);
}

/** Each record as its id, or its fault. */
async function told(content: string | Uint8Array, options: ReadOptions = {}): Promise<unknown[]> {
  return (await read(content, options)).map((record) => {
    if ('fault' in record) return record.fault;
    return isObject(record.value) ? record.value.id : record.value;
  });
}

describe('what a file is', () => {
  test.each(['owls.eval', 'owls.zip', 'owls', 'owls.json'])('an archive called %s is told by its header', async (name) => {
    expect(await detect(name, ARCHIVE)).toMatchObject({
      kind: 'source',
      adapter: 'inspect',
      layout: 'archive',
      compression: 'none',
      reason: 'a zipped evaluation log, with 3 samples',
    });
  });

  test.each(['quiz.json', 'quiz.eval', 'quiz'])('a JSON log called %s is told by its keys', async (name) => {
    expect(await detect(name, QUIZ)).toMatchObject({
      kind: 'source',
      adapter: 'inspect',
      layout: 'log',
      reason: 'an evaluation log, with 3 samples',
    });
  });

  test('a log without samples is known and gives no records', async () => {
    for (const content of [logText([]), JSON.stringify(HEADER), logText(null as never), zipOf([header()])]) {
      for (const explicit of [false, true]) {
        const detected = await detect('owls', content, { explicit });
        expect(detected).toMatchObject({
          kind: 'source',
          adapter: 'inspect',
          reason: expect.stringContaining('without samples') as string,
        });
        if (detected.kind === 'source') expect(await countRecords(detected, 1 << 20)).toEqual({ records: 0, broken: 0 });
      }
      expect(await told(content)).toEqual([]);
    }
  });

  test('a log that was never finished is known by its beginning', async () => {
    const content = zipOf([{ name: '_journal/start.json', content: JSON.stringify({ version: 2, eval: EVAL }) }, member(1)]);
    expect(await detect('owls.eval', content)).toMatchObject({ kind: 'source', layout: 'archive' });
    const [record] = await read(content);
    expect(record).toMatchObject({ header: { version: 2, eval: EVAL } });
    expect(record).not.toHaveProperty('header.status');
  });

  test.each<[string, Uint8Array, string]>([
    ['no members', zipOf([]), 'found none among 0 members'],
    ['other members', zipOf([{ name: 'word/document.xml', content: '<w/>' }]), 'found none among 1 members'],
    ['a header that says something else', zipOf([header({ title: 'Owls' }), member(1)]), 'found none among 2 members'],
    ['a header that is no JSON', zipOf([{ name: 'header.json', content: 'owls' }]), 'found none among 1 members'],
    ['a header without a task', zipOf([header({ ...HEADER, eval: {} }), member(1)]), 'a zip archive of no known trace format'],
    ['no directory', ARCHIVE.subarray(0, -30), 'a zip archive that is cut or damaged: End of central directory'],
    ['half of it', ARCHIVE.subarray(0, ARCHIVE.length / 2), 'a zip archive that is cut or damaged'],
  ])('a zip with %s is unknown, and says why', async (_name, content, reason) => {
    for (const name of ['owls.eval', 'owls']) {
      expect(await detect(name, content)).toMatchObject({ kind: 'unknown', reason: expect.stringContaining(reason) as string });
    }
    const refused = planFile(content, { name: 'owls.eval' });
    await expect(refused).rejects.toThrow(SourceError);
    await expect(refused).rejects.toThrow(/owls\.eval: a zip archive/);
  });

  test('a broken directory is told, whatever byte of it is broken', async () => {
    const start = ARCHIVE.indexOf('PK\x01\x02');
    for (let at = start; at < ARCHIVE.length; at += 7) {
      const broken = Buffer.from(ARCHIVE);
      broken[at]! ^= 0xff;
      const detected = await detect('owls.eval', broken);
      if (detected.kind === 'source') await readAllOf(detected);
      else expect(detected).toMatchObject({ kind: 'unknown', reason: expect.stringMatching(/^a zip archive/) as string });
    }
  });
});

/** Reads what was detected to its end: faults are told, nothing is thrown but what a run reports. */
async function readAllOf(detected: Extract<DetectedFile, { kind: 'source' }>): Promise<void> {
  try {
    await countRecords(detected, 1 << 20);
  } catch (error) {
    expect(error).toBeInstanceOf(SourceError);
  }
}

describe('an archive', () => {
  test('has a record for each sample, with its member, its header and its signature', async () => {
    const records = await read(ARCHIVE);
    expect(records).toMatchObject([
      { locator: { member: 'samples/graft/spring_epoch_1.json' }, line: 0, header: { status: 'success', eval: { task: 'graft_advice' } } },
      { locator: { member: 'samples/graft/pooled_epoch_1.json' } },
      { locator: { member: 'samples/graft/broken_epoch_1.json' } },
    ]);
    expect(records[0]).toMatchObject({ canonical: expect.stringMatching(/^\{"attachments":\{\}/) as string });
    expect(records[0]).not.toHaveProperty('header.plan');
  });

  test.each(['stored', 'deflate', 'zstd'] as const)('may be packed with %s', async (method) => {
    const long = member(2, { method, content: JSON.stringify(owl(2, { setup: 'hoo '.repeat(90_000) })) });
    expect(await told(zipOf([header(), member(1, { method }), long]))).toEqual([1, 2]);
  });

  test('of members with one name has the last', async () => {
    const again = member(1, { content: JSON.stringify(owl(1, { epoch: 7 })) });
    const records = await read(zipOf([member(1), member(2), again, header({ ...HEADER, status: 'started' }), header()]));
    expect(records).toMatchObject([{ value: { id: 2 } }, { value: { id: 1, epoch: 7 }, header: { status: 'success' } }]);
  });

  test.each<[string, Partial<ZipMember>, string, RegExp]>([
    [
      'is larger than a record may be',
      { content: JSON.stringify(owl(1, { setup: 'x'.repeat(5000) })) },
      'too_large',
      /expected at most 4096 bytes, found 5\d\d\d/,
    ],
    [
      'hides its size',
      { content: 'x'.repeat(9 << 20), lies: { sizeBytes: 100 } },
      'too_large',
      /found more, although its directory says 100/,
    ],
    [
      'hides its size in zstd',
      { content: zstdBomb(4000), method: 'stored', lies: { method: 93, sizeBytes: 100 } },
      'too_large',
      /found more/,
    ],
    ['is shorter than it says', { lies: { sizeBytes: 4000 } }, 'broken_json', /expected 4000 bytes, found \d+/],
    ['does not fit its checksum', { lies: { crc32: 7 } }, 'broken_json', /checksum/],
    ['is no deflate', { method: 'stored', lies: { method: 8 } }, 'broken_json', /cannot be unpacked/],
    ['is no zstd', { method: 'stored', lies: { method: 93 } }, 'broken_json', /cannot be unpacked: invalid zstd data/],
    ['is packed in a strange way', { lies: { method: 12 } }, 'broken_json', /by method 12/],
    ['is encrypted', { lies: { flags: 0x801 } }, 'broken_json', /it is encrypted/],
    ['is no JSON', { content: 'hoo' }, 'broken_json', /./],
    ['is empty', { content: '' }, 'broken_json', /./],
    ['is not UTF-8', { content: Buffer.from([0x22, 0xff, 0x22]) }, 'not_utf8', /UTF-8/],
    ['holds NaN, as a score that was never given', { content: '{"id":1,"scores":{"match":{"value":NaN}}}' }, 'not_finite', /NaN/],
    ['is spread over several members', { name: 'samples/1_epoch_1/sample.json' }, 'not_an_object', /spread over several/],
  ])('a sample that %s is quarantined with its place, and the others are read', async (_name, fault, word, detail) => {
    const records = await read(zipOf([header(), member(0), member(1, fault), member(2)]), { maxRecordBytes: 4096 });
    expect(records).toMatchObject([
      { value: { id: 0 } },
      {
        fault: word,
        detail: expect.stringMatching(detail) as string,
        locator: { member: fault.name ?? 'samples/1_epoch_1.json' },
        line: 0,
      },
      { value: { id: 2 } },
    ]);
  });

  test('a header with a metric that is not finite is read', async () => {
    const text = JSON.stringify({ ...HEADER, results: { scores: [] } }).replace('"scores":[]', '"scores":[NaN,-Infinity,"NaN"]');
    expect(await read(zipOf([{ name: 'header.json', content: text }, member(1)]))).toMatchObject([
      { header: { status: 'success', results: { scores: [null, null, 'NaN'] } } },
    ]);
  });

  test('without its header is refused sample by sample when it was planned with one', async () => {
    const big = header({ ...HEADER, eval: { ...EVAL, notes: 'x'.repeat(9000) } });
    expect(await resultsOf(zipOf([big, member(1)]), { maxRecordBytes: 4096 })).toEqual(['missing_field']);
  });

  test('that changed since it was planned is of no use', async () => {
    const { path, shards } = await planFile(ARCHIVE);
    const part = shards[0]!.parts[0]!;
    for (const content of [zipOf([header(), member(1)]), ARCHIVE.subarray(0, -30), Buffer.concat([ARCHIVE, ARCHIVE])]) {
      writeFileSync(path, content);
      await expect(readAll(part)).rejects.toThrow(SourceChangedError);
    }
  });
});

describe('a JSON log', () => {
  test('has a record for each sample, with pointer, line and header', async () => {
    const records = await read(QUIZ);
    const lines = QUIZ.split('\n');
    expect(records).toMatchObject([
      { locator: { pointer: '/samples/0' }, header: { status: 'success', eval: { task: 'orchard_quiz' } } },
      { locator: { pointer: '/samples/1' } },
      { locator: { pointer: '/samples/2' } },
    ]);
    for (const record of records) {
      expect(lines[record.line]).toBe('    {');
      expect(record).not.toHaveProperty('header.samples');
    }
    expect(new Set(records.map((record) => record.line)).size).toBe(3);
  });

  test('in any order and packing gives the same records', async () => {
    const samples = [owl(1), owl(2)];
    const expected = await read(logText(samples));
    expect(expected).toMatchObject([{ value: { id: 1 }, header: HEADER }, { value: { id: 2 } }]);
    expect(await read(JSON.stringify({ samples, reductions: [], ...HEADER }))).toEqual(expected);
    expect(await read(`\ufeff${JSON.stringify({ samples, reductions: [], ...HEADER })}`)).toEqual(expected);
    expect(await read(gzipSync(logText(samples)))).toEqual(expected);
  });

  test('may be larger than a record, as long as its samples are not', async () => {
    const samples = Array.from({ length: 300 }, (_, id) => owl(id, { setup: 'hoo '.repeat(id === 7 ? 3000 : 1000) }));
    const ids = await told(logText(samples), { maxRecordBytes: 8192 });
    expect(ids).toEqual(samples.map(({ id }) => (id === 7 ? 'too_large' : id)));
  });

  test.each<[string, string, unknown[]]>([
    ['NaN as a score', logText([owl(1), owl(2)]).replace('"value":"C"', '"value":NaN'), ['not_finite', 2]],
    ['a sample that is no object', logText([owl(1), 7]), [1, 7]],
    ['an end in the middle of a sample', logText([owl(1), owl(2)]).slice(0, -30), [1, 'truncated_line']],
    ['an end behind the samples', logText([owl(1)]).slice(0, -1), [1, 'truncated_line']],
    ['an end before the samples', `${JSON.stringify(HEADER).slice(0, -1)},"plan":{"steps":[`, ['truncated_line']],
    ['something behind its end', `${logText([owl(1)])}{}`, [1, 'broken_json']],
    ['two statuses', logText([owl(1)]).replace('{', '{"status":"cancelled",'), ['duplicate_key']],
    ['two lists of samples', logText([owl(1)]).replace(/\}$/, ',"samples":[]}'), ['duplicate_key']],
    ['another entry twice', logText([owl(1)]).replace('{', '{"plan":{},"plan":{},'), [1]],
    ['samples that are none', logText('many' as never), ['broken_json']],
  ])('%s', async (_name, content, expected) => {
    expect(await told(content, { adapter: 'inspect' })).toEqual(expected);
  });

  test('a fault has the place of its sample in the file', async () => {
    const text = JSON.stringify({ ...HEADER, samples: [owl(1), owl(2)] }, null, 1).replace('"value": "C"', '"value": NaN');
    const [fault, sample] = await read(text);
    expect(fault).toMatchObject({ fault: 'not_finite', locator: { pointer: '/samples/0' } });
    const lines = text.split('\n');
    expect([lines[fault!.line], lines[sample!.line]]).toEqual(['  {', '  {']);
    expect(lines[sample!.line + 1]).toBe('   "id": 2,');
  });

  test('a header that cannot be read leaves the samples without one', async () => {
    expect(await resultsOf(logText([owl(1)], { ...HEADER, eval: { ...EVAL, notes: 'x'.repeat(9000) } }), { maxRecordBytes: 4096 })).toEqual(
      ['missing_field'],
    );
  });

  test('that changed since it was planned is of no use', async () => {
    const { path, shards } = await planFile(QUIZ);
    for (const content of [QUIZ.replace('Russet', 'Rennet'), logText([]), QUIZ.slice(0, -40)]) {
      writeFileSync(path, content);
      await expect(readAll(shards[0]!.parts[0]!)).rejects.toThrow(SourceChangedError);
    }
  });
});

test('a folder of logs is one source, whatever their packing, and other zips stop the run', async () => {
  const base = temporaryFolder({ 'logs/a.json': logText([owl(1)]), 'logs/b.eval': zipOf([header(), member(2)]), 'logs/c.eval': ARCHIVE });
  const request = { paths: ['logs'], base, options: {} };
  const options = { skipUnknown: false, maxRecordBytes: 1 << 20, pipelineVersion: 'test' };
  const plan = await planSources([request], options);
  expect(plan.sources).toMatchObject([{ name: 'logs', adapter: 'inspect', files: 3 }]);
  expect(plan.shards.flatMap(({ parts }) => parts.map(({ layout }) => layout))).toEqual(['log', 'archive', 'archive']);
  writeFileSync(join(base, 'logs/d.docx'), zipOf([{ name: 'word/document.xml', content: '<w/>' }]));
  await expect(planSources([request], options)).rejects.toThrow('logs/d.docx: a zip archive of no known trace format');
  const skipped = await planSources([request], { ...options, skipUnknown: true });
  expect(skipped.ignored).toMatchObject([{ file: 'logs/d.docx' }]);
});
