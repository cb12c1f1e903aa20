import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRunLine } from '../../../adapters/bench/parse-run-line.ts';
import { readRunFile } from '../../../adapters/bench/read-run-file.ts';
import { sha256 } from '../../../adapters/digest.ts';
import { SourceError } from '../../../domain/shared/errors.ts';
import type { RunFile } from '../../../domain/shared/run-file.ts';
import { makeRun, TERN, writeRunFile } from '../../support/bench-run-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fc } from '../../support/fast-check.ts';

function read(content: string | Uint8Array): Promise<RunFile> {
  return readRunFile('tern.jsonl', join(temporaryFolder({ 'tern.jsonl': content }), 'tern.jsonl'));
}

async function faultOf(content: string | Uint8Array): Promise<string> {
  const error = await read(content).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SourceError);
  return (error as SourceError).message;
}

const RUN = writeRunFile(makeRun(1));

describe('what is read', () => {
  test('manifest, summaries, end and the digest of the bytes', async () => {
    const file = await read(RUN);
    expect([file.runId, file.runIds.length, file.manifest?.line, file.end?.line, file.sha256]).toEqual([
      'run-20250301T064000Z-1a2b3c4d-abcde1',
      1,
      1,
      3,
      sha256(RUN),
    ]);
    expect(file.summaries.map(({ modelId, line }) => [modelId, line])).toEqual([[TERN, 2]]);
  });

  test('blank lines, CR LF and a last line without its line feed', async () => {
    const lines = RUN.trimEnd().split('\n');
    const file = await read(`\r\n${lines.join('\r\n\r\n')}`);
    expect([file.manifest?.line, file.summaries[0]?.line, file.end?.line]).toEqual([2, 4, 6]);
  });

  test('the sources of events that a model was called for', async () => {
    const attempt = { record_type: 'attempt', run_id: 'x', model: { id: TERN }, event: { event_id: 'shell-7', source: 'shell' } };
    expect((await read(`${RUN}${JSON.stringify(attempt)}\n`)).sourceOfEvent).toEqual(new Map([['shell-7', 'shell']]));
  });

  test('unknown records and fields are counted', async () => {
    const [manifest, ...rest] = makeRun(1);
    const content = `${writeRunFile([{ ...manifest, weather: 'fog', tide: 'low' }, ...rest])}{"record_type":"tide_table"}\n{}\n`;
    expect((await read(content)).ignored).toEqual({ records: 2, fields: 2 });
  });

  test('without a manifest the other records say which run it is', async () => {
    expect((await read(writeRunFile(makeRun(1).slice(1)))).runId).toBe('run-20250301T064000Z-1a2b3c4d-abcde1');
  });

  test('a line that spans many pieces of the file', async () => {
    const path = join(temporaryFolder({ 'tern.jsonl': '' }), 'tern.jsonl');
    writeFileSync(path, `{"record_type":"tide_table","notes":"`);
    for (let piece = 0; piece < 12; piece += 1) appendFileSync(path, 'ebb and flow '.repeat(100_000));
    appendFileSync(path, `"}\n${RUN}`);
    const file = await readRunFile('tern.jsonl', path);
    expect([file.ignored.records, file.manifest?.line]).toEqual([1, 2]);
  });
});

describe('what is refused, with its place and without its text', () => {
  const secret = 'the-keeper-sleeps-at-four';

  test.each<[string, string | Uint8Array, RegExp]>([
    ['an empty file', '', /tern\.jsonl: expected at least one record/],
    ['blank lines alone', ' \n\t\r\n', /tern\.jsonl: expected at least one record/],
    ['no run id anywhere', '{"record_type":"run_end"}\n', /run_id/],
    ['a byte order mark', `\ufeff${RUN}`, /tern\.jsonl:1: .*byte order mark/],
    ['a broken line', `${RUN}{"record_type": "${secret}\n`, /tern\.jsonl:4: .*not JSON/],
    ['a last line that breaks off', `${RUN}{"record_type": "${secret}`, /tern\.jsonl:4: .*cut off/],
    ['a list', `${RUN}["${secret}"]\n`, /tern\.jsonl:4: .*a list/],
    ['a text', `"${secret}"\n`, /tern\.jsonl:1: .*a text/],
    ['bytes that are not UTF-8', Buffer.concat([Buffer.from(RUN), Buffer.from([0x7b, 0xff, 0x7d, 0x0a])]), /tern\.jsonl:4: .*UTF-8/],
    ['two values in a line', `${RUN}{} {}\n`, /tern\.jsonl:4:/],
    ['a bare word in place of a key', `${RUN}{NaN: 1}\n`, /tern\.jsonl:4:/],
    ['a bare word that nobody writes', `${RUN}{"mrr": -NaN}\n`, /tern\.jsonl:4:/],
    ['a bare word that runs on', `${RUN}{"mrr": 1Infinity}\n`, /tern\.jsonl:4:/],
    ['an attempt without a model', `${RUN}{"record_type":"attempt"}\n`, /tern\.jsonl:4: .*model/],
  ])('%s', async (_name, content, told) => {
    const message = await faultOf(content);
    expect(message).toMatch(told);
    expect(message).not.toContain(secret);
  });

  test('a line above 16 MiB; one of 16 MiB is read', async () => {
    const frame = '{"record_type":"tide_table","notes":""}';
    const line = (bytes: number): string => frame.replace('""', `"${'~'.repeat(bytes - frame.length)}"`);
    expect((await read(`${line(16 << 20)}\n${RUN}`)).ignored.records).toBe(1);
    expect(await faultOf(`${RUN}${line((16 << 20) + 1)}\n`)).toMatch(/tern\.jsonl:4: .*16 MiB/);
  });

  test('nesting above 64; 64 levels are read', async () => {
    const nested = (levels: number): string => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}\n`;
    expect((await read(`${nested(64)}${RUN}`)).ignored.records).toBe(1);
    expect(await faultOf(`${RUN}${nested(65)}`)).toMatch(/tern\.jsonl:4: .*64 levels/);
    expect(await faultOf(`${'['.repeat(1_000_000)}\n`)).toMatch(/tern\.jsonl:1: .*64 levels/);
    // Brackets in a string are text.
    expect((await read(`{"a":"${'['.repeat(200)}"}\n${RUN}`)).ignored.records).toBe(1);
  });
});

describe('bare words', () => {
  const valueOf = (text: string): unknown => {
    const parsed = parseRunLine(text);
    return 'value' in parsed ? parsed.value : parsed.fault;
  };

  test('are the numbers they name, and text inside strings', () => {
    expect(valueOf('{"a": NaN, "b": [Infinity, -Infinity], "NaN": "NaN, \\"Infinity\\" \\\\", "s": "s"}')).toEqual({
      a: Number.NaN,
      b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      NaN: 'NaN, "Infinity" \\',
      s: 's',
    });
    expect(valueOf('{"a": 1e999, "b": -1e999}')).toEqual({ a: Number.POSITIVE_INFINITY, b: Number.NEGATIVE_INFINITY });
    expect(valueOf('{"\\u004eaN": NaN}')).toEqual({ NaN: Number.NaN });
  });

  test('change nothing else, whatever stands around them', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (object) => {
        const text = JSON.stringify({ object, last: 0 });
        expect(valueOf(`${text.slice(0, -2)}NaN}`)).toEqual({ ...(JSON.parse(text) as object), last: Number.NaN });
      }),
    );
  });
});
