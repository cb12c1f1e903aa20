import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readElements, type Element } from '../../adapters/element-reader.ts';
import { chunkSizes, collect, inChunks } from './sources/in-chunks.ts';
import { fc } from '../support/fast-check.ts';

function elementsIn(content: string | Uint8Array, { maxBytes = 1 << 20, sizes = [] as readonly number[] } = {}): Promise<Element[]> {
  return collect(readElements(inChunks(Buffer.from(content as string), sizes), { maxBytes }));
}

/** Pointer and text of each element, or pointer and fault. */
async function toldOf(content: string | Uint8Array, options: { maxBytes?: number; sizes?: readonly number[] } = {}): Promise<string[]> {
  const elements = await elementsIn(content, options);
  return elements.map((element) => `${element.pointer} ${'text' in element ? element.text : element.fault}`);
}

describe('readElements', () => {
  test('the elements of an array, with place and line', async () => {
    expect(await elementsIn('[\n  {"tide":"low"},\n\n  2, "three"\n]\n')).toEqual([
      { pointer: '/0', key: '0', line: 1, text: '{"tide":"low"}' },
      { pointer: '/1', key: '1', line: 3, text: '2' },
      { pointer: '/2', key: '2', line: 3, text: '"three"\n' },
    ]);
  });

  test('the entries of an object, with key and line', async () => {
    expect(await elementsIn('{"dawn": {"tide": "low"},\n"dusk"\n:\n[1, 2]}')).toEqual([
      { pointer: '/dawn', key: 'dawn', line: 0, text: '{"tide": "low"}' },
      { pointer: '/dusk', key: 'dusk', line: 3, text: '[1, 2]' },
    ]);
  });

  test.each(['[]', '{}', ' [ ] ', '\n{\n}\n', '\ufeff[]'])('%j holds nothing', async (content) => {
    expect(await elementsIn(content)).toEqual([]);
  });

  test('a byte order mark is no part of the file', async () => {
    expect(await toldOf('\ufeff[1]')).toEqual(['/0 1']);
  });

  test('brackets, commas, colons and escaped quotes inside strings are words', async () => {
    const words = ['],[', '}{', '","', '\\"', '\\', '\\\\"', ':'];
    expect((await elementsIn(JSON.stringify(words))).map((element) => ('text' in element ? JSON.parse(element.text) : null))).toEqual(
      words,
    );
  });

  test('keys become JSON pointers', async () => {
    expect(await toldOf(String.raw`{"a/b":1,"m~n":2,"":3,"\u0064\"usk":4,"~1":5}`)).toEqual([
      '/a~1b 1',
      '/m~0n 2',
      '/ 3',
      '/d"usk 4',
      '/~01 5',
    ]);
  });
});

describe('spans', () => {
  const content = '\ufeff{ "dawn": [1, 2],\n"dusk":"höher" ,"night":{"tide":';

  test.each([[[]], [[1]], [[3, 5]]])('say where the bytes of a value lie, in chunks of %j', async (sizes) => {
    const bytes = Buffer.from(content);
    const elements = await collect(readElements(inChunks(bytes, sizes), { maxBytes: 1 << 20, spans: true }));
    const cut = elements.map(({ key, span }) => [key, span && bytes.subarray(span.start, span.end).toString()]);
    expect(cut).toEqual([
      ['dawn', '[1, 2]'],
      ['dusk', '"höher" '],
      // Cut where the file ends.
      ['night', '{"tide":'],
    ]);
  });

  test('are told of a value that is too large to be handed over, and of none that is not there', async () => {
    const long = await collect(readElements(inChunks(Buffer.from('{"a":"xxxxxxxxx","b"'), []), { maxBytes: 5, spans: true }));
    expect(long).toMatchObject([{ fault: 'too_large', span: { start: 5, end: 16 } }, { fault: 'truncated_line' }]);
    expect(long[1]).not.toHaveProperty('span');
  });
});

describe('a faulty element is told, and the next one is read', () => {
  test('one that is too large', async () => {
    expect(await elementsIn(`[1,"${'x'.repeat(50)}",3]`, { maxBytes: 20 })).toEqual([
      { pointer: '/0', key: '0', line: 0, text: '1' },
      { pointer: '/1', key: '1', line: 0, fault: 'too_large', detail: 'expected at most 20 bytes, found 52' },
      { pointer: '/2', key: '2', line: 0, text: '3' },
    ]);
  });

  test('one that is exactly as large as allowed is read', async () => {
    expect(await toldOf('[1234567890]', { maxBytes: 10 })).toEqual(['/0 1234567890']);
    expect(await toldOf('[1234567890]', { maxBytes: 9 })).toEqual(['/0 too_large']);
  });

  test('one that is not UTF-8', async () => {
    expect(await toldOf(Buffer.concat([Buffer.from('[1,"'), Buffer.from([0xff]), Buffer.from('",3]')]))).toEqual([
      '/0 1',
      '/1 not_utf8',
      '/2 3',
    ]);
  });

  test('one of a key that is no JSON, not UTF-8, too large, or half a surrogate pair', async () => {
    expect(await toldOf(String.raw`{"\x":1,"b":2}`)).toEqual(['/ broken_json', '/b 2']);
    expect(await toldOf(String.raw`{"\ud800":1,"b":2}`)).toEqual(['/ lone_surrogate', '/b 2']);
    expect(await toldOf(Buffer.concat([Buffer.from('{"'), Buffer.from([0xff]), Buffer.from('":1,"b":2}')]))).toEqual([
      '/ not_utf8',
      '/b 2',
    ]);
    expect(await toldOf(`{"${'k'.repeat(50)}":1,"":2}`, { maxBytes: 20 })).toEqual(['/ too_large', '/ 2']);
  });

  test('an entry whose key stood before, in another spelling too', async () => {
    expect(await toldOf(String.raw`{"a":1,"b":2,"\u0061":3,"c":4}`)).toEqual(['/a 1', '/b 2', '/a duplicate_key', '/c 4']);
  });
});

describe('where the structure breaks, reading ends with one fault', () => {
  test.each<[string, readonly string[]]>([
    ['', ['/0 broken_json']],
    [' \n', ['/0 broken_json']],
    ['"tide"', ['/0 broken_json']],
    ['tide: low', ['/0 broken_json']],
    ['[', ['/0 truncated_line']],
    ['[1', ['/0 truncated_line']],
    ['[1,', ['/0 1', '/1 truncated_line']],
    ['[1,{"tide":"lo', ['/0 1', '/1 truncated_line']],
    ['{"dawn":1,"du', ['/dawn 1', '/dawn truncated_line']],
    ['{"dawn":1', ['/dawn truncated_line']],
    ['[1,]', ['/0 1', '/1 broken_json']],
    ['[,1]', ['/0 broken_json']],
    ['[1,,2]', ['/0 1', '/1 broken_json']],
    ['[1}', ['/0 1', '/1 broken_json']],
    ['{"a":}', ['/a broken_json']],
    ['{"a",1}', ['/a broken_json']],
    ['{"a":1]', ['/a 1', '/a broken_json']],
    ['{"a":1,}', ['/a 1', '/a broken_json']],
    ['{a:1}', ['/0 broken_json']],
    ['{,}', ['/0 broken_json']],
    ['[1] [2]', ['/0 1', '/1 broken_json']],
    ['[1]\n{"tide":"low"}', ['/0 1', '/1 broken_json']],
    ['[] x', ['/0 broken_json']],
  ])('%j', async (content, told) => {
    for (const sizes of [[], [1]]) expect((await toldOf(content, { sizes })).map((line) => line.replace(/^\/ /, '/0 '))).toEqual(told);
  });

  test('what is no JSON inside an element is left to the parser', async () => {
    expect(await toldOf('[1 2,nul,{"a":[1}]]')).toEqual(['/0 1 2', '/1 nul', '/2 {"a":[1}]']);
  });
});

describe('wherever the chunks end', () => {
  test('the elements are those of JSON.parse', async () => {
    await fc.assert(
      fc.asyncProperty(containers(), chunkSizes(), async ({ content, values, keys }, sizes) => {
        const elements = await elementsIn(content, { sizes });
        expect(
          isDeepStrictEqual(
            elements.map((element) => ('text' in element ? JSON.parse(element.text) : element)),
            values,
          ),
        ).toBe(true);
        expect(elements.map(({ key }) => key)).toEqual(keys);
      }),
      { numRuns: 500 },
    );
  });

  test('lines are counted alike, faults are found alike', async () => {
    const pieces = fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', '\n', ' ', '1', '"a":', '"a"', 'x'.repeat(30), '\ufeff', 'ä');
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 25 }), chunkSizes(), async (parts, sizes) => {
        const content = `[${parts.join('')}`;
        expect(await elementsIn(content, { sizes, maxBytes: 24 })).toEqual(await elementsIn(content, { maxBytes: 24 }));
      }),
      { numRuns: 1000 },
    );
  });

  test('a file that was cut gives its first elements and one fault', async () => {
    await fc.assert(
      fc.asyncProperty(containers(), fc.nat(), chunkSizes(), async ({ content }, place, sizes) => {
        const bytes = Buffer.from(content.trimEnd());
        const whole = await elementsIn(bytes);
        const told = await elementsIn(bytes.subarray(0, place % bytes.length), { sizes });
        expect(told.slice(0, -1)).toEqual(whole.slice(0, told.length - 1));
        expect(told.at(-1)).toHaveProperty('fault');
      }),
    );
  });
});

/** Arrays and objects in every spelling, with their values and keys. */
function containers(): fc.Arbitrary<{ content: string; values: unknown[]; keys: string[] }> {
  const spaces = fc.constantFrom('', ' ', '\n', '\r\n\t');
  const value = fc.tuple(spaces, fc.jsonValue(), fc.constantFrom(0, 2), spaces).map(([before, json, indent, after]) => ({
    // As it is printed: JSON knows no minus zero.
    json: JSON.parse(JSON.stringify(json)) as unknown,
    content: before + JSON.stringify(json, null, indent) + after,
  }));
  const arrays = fc.array(value, { maxLength: 6 }).map((items) => ({
    content: `[${items.map(({ content }) => content).join(',')}]`,
    values: items.map(({ json }) => json),
    keys: items.map((_, index) => String(index)),
  }));
  const objects = fc.uniqueArray(fc.tuple(fc.string(), value), { selector: ([key]) => key, maxLength: 6 }).map((entries) => ({
    content: `{${entries.map(([key, { content }]) => `${JSON.stringify(key)}:${content}`).join(',')}}`,
    values: entries.map(([, { json }]) => json),
    keys: entries.map(([key]) => key),
  }));
  return fc
    .tuple(spaces, fc.oneof(arrays, objects), spaces)
    .map(([before, container, after]) => ({ ...container, content: before + container.content + after }));
}
