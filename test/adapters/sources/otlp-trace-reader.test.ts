import { describe, expect, it } from 'vitest';
import { readTraces, type TraceLimits } from '../../../adapters/sources/otlp-trace-reader.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';
import { fixture } from './fixture-files.ts';
import { planFile, readAll } from './read-planned.ts';

const ROOMY: TraceLimits = { maxBytes: 10_000, maxOpenBytes: 40_000 };

describe('traces of a file', () => {
  it('are handed over when their last line has been read, whatever lies between', async () => {
    const file = lines(span('red', 'a'), span('blue', 'b'), span('red', 'c'), span('green', 'd'), span('blue', 'e'));
    expect(await traces(file)).toEqual([
      { spans: ['a', 'c'], lines: [0, 2], line: 0 },
      { spans: ['d'], lines: [3], line: 3 },
      { spans: ['b', 'e'], lines: [1, 4], line: 1 },
    ]);
  });

  it('are taken out of the requests that hold several of them', async () => {
    const request = {
      resourceSpans: [{ scopeSpans: [{ spans: [span('red', 'a'), span('blue', 'b')] }] }, { scopeSpans: [{ spans: [span('red', 'c')] }] }],
    };
    expect(await traces(lines(request, { resourceMetrics: [] }, span('blue', 'd')))).toMatchObject([
      { spans: ['a', 'c'], lines: [0, 0] },
      { spans: ['b', 'd'], lines: [0, 2] },
    ]);
  });

  it('may stand in an array', async () => {
    const file = `[\n${[span('red', 'a'), span('blue', 'b'), span('red', 'c')].map((each) => JSON.stringify(each)).join(',\n')}\n]`;
    const [blue, red] = await read(file);
    expect([blue?.locator, red?.locator]).toEqual([{ pointer: '/1' }, { pointer: '/0' }]);
    expect(await traces(file)).toMatchObject([
      { spans: ['b'], lines: [2] },
      { spans: ['a', 'c'], lines: [1, 3] },
    ]);
  });

  it('wait for what only a link names, and take in the evaluation that it comes from', async () => {
    const verdict = {
      ...span('other', 'v'),
      links: [{ traceId: 'CAFE' }],
      attributes: [{ key: 'openinference.span.kind', value: { stringValue: 'EVALUATOR' } }],
    };
    const mention = { ...span('blue', 'm'), links: [{ traceId: 'cafe' }] };
    expect(await traces(lines(span('cafe', 'a'), verdict, mention))).toMatchObject([{ spans: ['m'] }, { spans: ['a', 'v'] }]);
  });

  it('are the same in upper and lower case', async () => {
    expect(await traces(lines(span('ab12', 'a'), span('AB12', 'b')))).toMatchObject([{ spans: ['a', 'b'] }]);
  });
});

describe('what is no part of a trace', () => {
  it('is handed over where it stands, so that it is counted', async () => {
    const file = `${lines(span('red', 'a'), { note: 'low tide' })}\nnot a line\n${lines(span('red', 'b'))}\n{"traceId":"red","spanId":"c`;
    expect(await read(file)).toMatchObject([
      { value: { note: 'low tide' }, line: 1 },
      { fault: 'broken_json', line: 2 },
      { fault: 'truncated_line', line: 4 },
      { value: [{ spanId: 'a' }, { spanId: 'b' }] },
    ]);
  });
});

describe('limits', () => {
  it('keep a trace that is too large out, and let the others through', async () => {
    const long = { ...span('red', 'a'), name: 'x'.repeat(6_000) };
    const found = await read(lines(long, span('blue', 'b'), { ...long, spanId: 'c' }, span('red', 'd')));
    expect(found).toMatchObject([
      { value: [{ spanId: 'b' }] },
      {
        fault: 'too_large',
        line: 0,
        locator: { line: 0 },
        detail: expect.stringMatching(/^trace red: expected spans of at most 10000 bytes together/) as string,
      },
    ]);
  });

  it('put off what does not fit at a time: every trace is whole, in some reading', async () => {
    const names = ['red', 'blue', 'green', 'grey'];
    const file = lines(...names.map((name) => big(name, `${name}-1`)), ...names.map((name) => big(name, `${name}-2`)));
    let readings = 0;
    const found = await tracesOf(file, { maxBytes: 10_000, maxOpenBytes: 6_000 }, () => (readings += 1));
    expect(found.map(({ spans }) => spans).sort()).toEqual(names.map((name) => [`${name}-1`, `${name}-2`]).sort());
    // Two of four fit at a time: one reading to survey, two to collect.
    expect(readings).toBe(3);
  });

  it('give up after eight readings, and say of each trace that is left what to do', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `colour-${String(index).padStart(2, '0')}`);
    const file = lines(...names.map((name) => big(name, `${name}-1`)), ...names.map((name) => big(name, `${name}-2`)));
    const found = await read(file, { maxBytes: 10_000, maxOpenBytes: 3_000 });
    expect(found.filter((record) => 'value' in record)).toHaveLength(8);
    const left = found.filter((record) => 'fault' in record);
    expect(left).toHaveLength(4);
    expect(left[0]).toMatchObject({ fault: 'too_large', detail: expect.stringContaining('Sort the file by trace, or split it') as string });
  });
});

describe('a source with traces', () => {
  it('fails when the file changes between planning and reading', async () => {
    const { text } = fixture('otel-genai', 'ferry-desk.jsonl');
    const { shards } = await planFile(text, { name: 'ferry.jsonl' });
    const part = shards[0]!.parts[0]!;
    expect(part.layout).toBe('traces');
    expect(await readAll(part)).toHaveLength(3);
    await expect(readAll({ ...part, digest: '0'.repeat(64) })).rejects.toThrow('expected the content the run was planned with');
  });
});

function span(trace: string, id: string): JsonObject {
  return { traceId: trace, spanId: id, name: 'chat', startTimeUnixNano: '1775462400000000000' };
}

/** A span of about two thousand bytes. */
function big(trace: string, id: string): JsonObject {
  return { ...span(trace, id), name: 'x'.repeat(2_000) };
}

function lines(...values: JsonValue[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n');
}

async function read(file: string, limits = ROOMY, onOpen: () => void = () => undefined) {
  const found = [];
  const open = () => {
    onOpen();
    return pieces(Buffer.from(file), 700);
  };
  for await (const batch of readTraces(open, limits)) found.push(...batch);
  return found;
}

/** The traces that were found: the ids of their spans, and where they stand. */
async function tracesOf(file: string, limits: TraceLimits, onOpen?: () => void) {
  const found = await read(file, limits, onOpen);
  return found.flatMap((record) =>
    'value' in record
      ? [{ spans: (record.value as JsonObject[]).map(({ spanId }) => spanId), lines: record.lines, line: record.line }]
      : [],
  );
}

function traces(file: string) {
  return tracesOf(file, ROOMY);
}

async function* pieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
