import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { detectFile } from '../../../adapters/sources/detect.ts';
import { QUARANTINE_REASONS } from '../../../schemas/vocabulary.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fixture } from './fixture-files.ts';
import { planFile, readAll, resultsOf } from './read-planned.ts';
import { zipOf, type ZipMember } from './zip-writer.ts';

const CHAT = '{"messages":[{"role":"user","content":"When is low tide?"},{"role":"assistant","content":"At 6:40."}]}';
/** The same record with one more field. */
const chatWith = (field: string): string => `{${field},${CHAT.slice(1)}`;
const nestedChat = (levels: number): string => chatWith(`"trace":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}`);
const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

const SESSION = fixture('claude-code', 'garden-planner.jsonl').text.trimEnd().split('\n');
const ZSTD_CHAT = Buffer.from(
  'KLUv/SRnrQIAEoUSGoC5ORPqyzwr8RtFosFLAiyNaG62aUKzQtABRRM0GweCye2yevboP6ZZSQLaS6h0R6dpABi9mqtqYOOVRxidSS2zAPpZOH8ezAICAFads7FQUK/0bxg=',
  'base64',
);

const SAMPLE = `{"id":1,"epoch":1,"input":"When is low tide?","target":"6:40",${CHAT.slice(1)}`;
/** A zipped log in which this is the second of three samples. */
const zipLog = (content: string, more: Partial<ZipMember> = {}): Buffer =>
  zipOf([
    { name: 'header.json', content: '{"status":"success","eval":{"task":"tides","model":"gauge"}}' },
    { name: 'samples/0_epoch_1.json', content: SAMPLE },
    { name: 'samples/1_epoch_1.json', content, ...more },
    { name: 'samples/2_epoch_1.json', content: SAMPLE },
  ]);

/** A call of a model as a span of about 400 bytes. */
const spanOf = (trace: string, start = 1): string =>
  `{"traceId":"${trace}","spanId":"${start}","name":"${'chat '.repeat(60)}","startTimeUnixNano":"177546240${start}000000000","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}}]}`;

const asArray = (...records: readonly string[]): string => `[${records.join(',')}]`;
const EPISODES = fixture('intercode', 'ic_bash_react.json').text;

/** For every row of the table: what it says comes out, and what does. */
const ROWS: Readonly<Record<string, () => Promise<readonly (readonly [found: readonly string[], expected: readonly string[]])[]>>> = {
  'a byte order mark at the beginning of the file': async () => [
    [await resultsOf(`\ufeff${CHAT}\n`), ['accepted']],
    [await resultsOf(`\ufeff${asArray(CHAT)}`), ['accepted']],
    [await resultsOf(`\ufeff${JSON.stringify(JSON.parse(CHAT), null, 2)}`), ['accepted']],
  ],
  'line ends of another system (CRLF)': async () => [[await resultsOf(`${CHAT}\r\n${CHAT}\r\n`), ['accepted', 'accepted']]],
  'blank lines': async () => [[await resultsOf(`\n${CHAT}\n\n \t\n${CHAT}\n\n`), ['accepted', 'accepted']]],
  'a last line without its line feed': async () => [[await resultsOf(`${CHAT}\n${CHAT}`), ['accepted', 'accepted']]],
  'a file packed with gzip or zstd, whatever its name': async () => [
    [await resultsOf(gzipSync(`${CHAT}\n`)), ['accepted']],
    [await resultsOf(gzipSync(asArray(CHAT, CHAT)), { name: 'chats.json' }), ['accepted', 'accepted']],
    [await resultsOf(ZSTD_CHAT), ['accepted']],
  ],
  'several gzip members one after the other, as log rotation leaves them': async () => [
    [await resultsOf(Buffer.concat([gzipSync(`${CHAT}\n`), gzipSync(`${CHAT}\n`)])), ['accepted', 'accepted']],
  ],
  'white space around keys, colons and values': async () => [
    [
      await resultsOf(' { "messages" :\t[ { "role" : "user" , "content" : "Low tide?" } , { "role":"assistant","content":"6:40" } ] } \n'),
      ['accepted'],
    ],
  ],
  'a key named `__proto__`': async () => [[await resultsOf(`${chatWith('"__proto__":{"role":"tool"}')}\n`), ['accepted']]],
  'an integer beyond 2^53': async () => [
    [await resultsOf(`${chatWith('"seed":9007199254740993')}\n`), ['accepted']],
    [await digitsOf(`${chatWith('"seed":9007199254740993')}\n`), ['9007199254740993']],
  ],
  '200 levels of nesting': async () => [[await resultsOf(`${CHAT}\n${nestedChat(200)}\n`), ['accepted', 'accepted']]],
  '201 levels of nesting': async () => [
    [await resultsOf(`${CHAT}\n${nestedChat(201)}\n${CHAT}\n`), ['accepted', 'too_deep', 'accepted']],
    [await resultsOf(asArray(CHAT, nestedChat(201), CHAT)), ['accepted', 'too_deep', 'accepted']],
  ],
  'a line, element or document that is not JSON': async () => [
    [await resultsOf(`${CHAT}\n{"messages":[}\n${CHAT}\n`), ['accepted', 'broken_json', 'accepted']],
    [await resultsOf(asArray(CHAT, '{"messages":nul}', CHAT)), ['accepted', 'broken_json', 'accepted']],
    [
      await resultsOf('{"messages":[}', { adapter: 'mapped', options: { layout: 'document', fields: { messages: 'messages' } } }),
      ['broken_json'],
    ],
  ],
  'a last line that was cut': async () => [[await resultsOf(`${CHAT}\n${CHAT.slice(0, 40)}`), ['accepted', 'truncated_line']]],
  'a last line that was cut within a character': async () => [
    [await resultsOf(bytes(`${CHAT}\n{"messages":[{"role":"user","content":"Die F`, [0xc3])), ['accepted', 'not_utf8']],
  ],
  'an array or object of records that was cut': async () => [
    [await resultsOf(asArray(CHAT, CHAT).slice(0, -20)), ['accepted', 'truncated_line']],
    [await resultsOf(asArray(CHAT, CHAT).slice(0, -1)), ['accepted', 'truncated_line']],
    [
      await resultsOf(`${EPISODES.trimEnd().slice(0, -1)}`, { adapter: 'intercode' }),
      [...(await resultsOf(EPISODES)).slice(0, -1), 'truncated_line'],
    ],
  ],
  'something else behind the closing bracket of an array or object of records': async () => [
    [await resultsOf(`${asArray(CHAT, CHAT)}\n${asArray(CHAT)}`), ['accepted', 'accepted', 'broken_json']],
    [await resultsOf(`${EPISODES.trimEnd()} {}`, { adapter: 'intercode' }), [...(await resultsOf(EPISODES)), 'broken_json']],
  ],
  'a comma too many between the elements of an array': async () => [
    [await resultsOf(`[${CHAT},,${CHAT}]`), ['accepted', 'broken_json']],
    [await resultsOf(`[${CHAT},]`), ['accepted', 'broken_json']],
  ],
  'bytes that are not UTF-8': async () => [
    [await resultsOf(bytes(`${CHAT}\n{"messages":"`, [0xff], `"}\n${CHAT}\n`)), ['accepted', 'not_utf8', 'accepted']],
    [await resultsOf(bytes(`[${CHAT},"`, [0xc3, 0x28], `",${CHAT}]`)), ['accepted', 'not_utf8', 'accepted']],
    [await resultsOf(bytes('{"messages":[{"role":"user","content":"', [0xff], '"}]}\n'), { adapter: 'openai-chat' }), ['not_utf8']],
  ],
  'NaN or Infinity as a number': async () => [
    [await inAllPlaces(chatWith('"reward":NaN')), inOrder('not_finite')],
    [await inAllPlaces(chatWith('"reward":-Infinity')), inOrder('not_finite')],
  ],
  'a number too large for a double, such as 1e400': async () => [[await inAllPlaces(chatWith('"reward":1e400')), inOrder('not_finite')]],
  'a key twice in one object, in another spelling too': async () => [
    [await inAllPlaces(chatWith('"id":"a","id":"b"')), inOrder('duplicate_key')],
    [await inAllPlaces(chatWith(String.raw`"id":"a","\u0069d":"b"`)), inOrder('duplicate_key')],
    [await inAllPlaces(chatWith('"id" :"a","id":"b"')), inOrder('duplicate_key')],
  ],
  'the key of a record that stood before, in an object of records': async () => [
    [
      await resultsOf(`${EPISODES.trimEnd().slice(0, -1)},${EPISODES.trim().slice(1)}`),
      [...(await resultsOf(EPISODES)), ...(await resultsOf(EPISODES)).map(() => 'duplicate_key')],
    ],
  ],
  'half of a surrogate pair': async () => [
    [await inAllPlaces(chatWith(String.raw`"id":"\ud83d"`)), inOrder('lone_surrogate')],
    [await inAllPlaces(chatWith(String.raw`"\ude00":1`)), inOrder('lone_surrogate')],
  ],
  'a record larger than `max_record_bytes`': async () => [
    [await inAllPlaces(chatWith(`"id":"${'x'.repeat(1024)}"`), 1024), inOrder('too_large')],
    [await inAllPlaces(chatWith(`"id":"${'x'.repeat(3 << 20)}"`), 2 << 20), inOrder('too_large')],
  ],
  'a session larger than four times `max_record_bytes`': async () => {
    const lines = SESSION.filter((line) => line.startsWith('{'));
    const maxRecordBytes = Math.max(...lines.map((line) => Buffer.byteLength(line)));
    const copies = Math.ceil((maxRecordBytes * 4) / lines.join('\n').length) + 1;
    return [[await resultsOf(`${lines.join('\n')}\n`.repeat(copies), { maxRecordBytes }), ['too_large']]];
  },
  'a trace whose spans together are larger than `max_record_bytes`': async () => [
    [await resultsOf([spanOf('cafe'), spanOf('beef'), spanOf('cafe')].join('\n'), { maxRecordBytes: 700 }), ['accepted', 'too_large']],
  ],
  'JSON of another kind than the format asks for, such as a number': async () => [
    [await resultsOf(`${CHAT}\n42\n${CHAT}\n`), ['accepted', 'not_an_object', 'accepted']],
    [await resultsOf(asArray(CHAT, '[]', CHAT)), ['accepted', 'not_an_object', 'accepted']],
  ],
  'a field that the format promises is absent or of another type': async () => [
    [await resultsOf(`${CHAT}\n{"id":"a"}\n${CHAT}\n{"messages":"none"}\n`), ['accepted', 'missing_field', 'accepted', 'missing_field']],
  ],
  'lines of text in front of a session': async () => [
    [await resultsOf(['# Garden', '', 'Tuesday', ...SESSION].join('\n')), await resultsOf(SESSION.join('\n'))],
  ],
  'a broken line within a session': async () => [
    [await resultsOf(`${[...SESSION, '{"type":"user",'].join('\n')}\n`), ['broken_json', ...(await resultsOf(SESSION.join('\n')))]],
  ],
  'a broken line among the spans of a trace': async () => [
    [await resultsOf([spanOf('cafe'), '{"traceId":"cafe"', spanOf('cafe', 2)].join('\n')), ['broken_json', 'accepted']],
  ],
  'an empty file in a folder': async () => [[[await kindOfEmpty(false)], ['ignored']]],
  'an empty file that was named': async () => [[[await nameOfError(planFile(''))], ['SourceError']]],
  'a packed file that was cut or damaged, or that has something else behind it': async () => [
    [[await nameOfError(resultsOf(gzipSync(`${CHAT}\n`.repeat(99)).subarray(0, -6), { adapter: 'openai-chat' }))], ['SourceError']],
    [[await nameOfError(resultsOf(ZSTD_CHAT.subarray(0, -6), { adapter: 'openai-chat' }))], ['SourceError']],
    [[await nameOfError(resultsOf(Buffer.concat([gzipSync(`${CHAT}\n`), Buffer.from('the tide is low')])))], ['SourceError']],
  ],
  'a zip archive that is no evaluation log, that was cut, or whose directory is damaged': async () => [
    [[await nameOfError(planFile(zipOf([{ name: 'tides.txt', content: 'low at 6:40' }])))], ['SourceError']],
    [[await nameOfError(planFile(zipLog(CHAT).subarray(0, -6)))], ['SourceError']],
    [
      [await nameOfError(planFile(Buffer.from(zipLog(CHAT).toString('latin1').replace('PK\x01\x02', 'PK\x01\x03'), 'latin1')))],
      ['SourceError'],
    ],
  ],
  'a member of a zipped log that was damaged, or that is encrypted': async () => [
    [await resultsOf(zipLog(SAMPLE, { lies: { crc32: 1 } })), ['accepted', 'broken_json', 'accepted']],
    [await resultsOf(zipLog(SAMPLE, { lies: { flags: 1 } })), ['accepted', 'broken_json', 'accepted']],
  ],
  'a member of a zipped log that unpacks to more than `max_record_bytes`, whatever its size is said to be': async () => {
    const long = SAMPLE.replace('{', `{"setup":"${'x'.repeat(2 << 20)}",`);
    return [
      [await resultsOf(zipLog(long)), ['accepted', 'too_large', 'accepted']],
      [await resultsOf(zipLog(long, { lies: { sizeBytes: 9 } })), ['accepted', 'too_large', 'accepted']],
    ];
  },
  'a file that was changed while the run was going on': async () => [[[await nameOfError(readChanged())], ['SourceChangedError']]],
};

const TABLE = tableOf(readFileSync(join(import.meta.dirname, '../../../docs/input-faults.md'), 'utf8'));

describe('the table of the documents', () => {
  test.each([...TABLE])('%s: %s', async (input, result) => {
    const row = ROWS[input];
    if (row === undefined) throw new Error(`expected a case for the row "${input}", found none`);
    const outcomes = await row();
    for (const [found, expected] of outcomes) expect(found).toEqual(expected);
    // What the row names is what came out, and nothing else.
    const faults = new Set(
      outcomes.flatMap(([, expected]) => expected).filter((word) => word in QUARANTINE_REASONS || word.endsWith('Error')),
    );
    expect(namesIn(result)).toEqual([...faults]);
    expect(kindOf(result)).toBe(faults.size === 0 ? 'no fault' : [...faults][0]!.endsWith('Error') ? 'stop' : 'quarantine');
  });

  test('has a row for every case', () => {
    expect([...TABLE.keys()]).toEqual(Object.keys(ROWS));
  });

  test('names every reason that reading can give', () => {
    const reasons = Object.keys(QUARANTINE_REASONS);
    const whileReading = reasons.slice(0, reasons.indexOf('exact_duplicate'));
    const named = [...TABLE.values()].join(' ');
    expect(whileReading.filter((reason) => !named.includes(`\`${reason}\``))).toEqual([]);
  });
});

/** The words in code spelling. */
function namesIn(result: string): string[] {
  return [...result.matchAll(/`(\w+)`/g)].map(([, word]) => word ?? '');
}

function kindOf(result: string): string {
  if (result.startsWith('quarantined: ')) return 'quarantine';
  return result.startsWith('the run stops') ? 'stop' : /^(?:accepted|left out|listed as ignored)/.test(result) ? 'no fault' : result;
}

function tableOf(markdown: string): Map<string, string> {
  const rows = markdown.split('\n').filter((line) => line.startsWith('| '));
  return new Map(rows.slice(2).map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()) as [string, string]));
}

/** The record between two good ones, as a line and as an element: neither its neighbours nor the layout make a difference. */
async function inAllPlaces(record: string, maxRecordBytes = 1 << 20): Promise<string[]> {
  const inLines = await resultsOf(`${CHAT}\n${record}\n${CHAT}\n`, { maxRecordBytes });
  const inArray = await resultsOf(asArray(CHAT, record, CHAT), { maxRecordBytes });
  return [...inLines, ...inArray];
}

function inOrder(fault: string): string[] {
  return ['accepted', fault, 'accepted', 'accepted', fault, 'accepted'];
}

async function digitsOf(content: string): Promise<string[]> {
  const { shards } = await planFile(content);
  const [record] = await readAll(shards[0]!.parts[0]!);
  return [/"seed":(\d+)/.exec(record !== undefined && 'canonical' in record ? (record.canonical ?? '') : '')?.[1] ?? 'none'];
}

async function kindOfEmpty(explicit: boolean): Promise<string> {
  const path = join(temporaryFolder({ 'empty.jsonl': '' }), 'empty.jsonl');
  return (await detectFile({ path, sourceFile: 'empty.jsonl', name: 'empty.jsonl', explicit })).kind;
}

async function readChanged(): Promise<unknown> {
  const { path, shards } = await planFile(`${CHAT}\n`);
  writeFileSync(path, `${CHAT.replace('6:40', '7:10')}\n`);
  return readAll(shards[0]!.parts[0]!);
}

async function nameOfError(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.name : 'something that is no error';
  }
}
