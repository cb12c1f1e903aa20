import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { NumberText, type JsonObject } from '../../../domain/shared/json.ts';
import { parseStrictJson, StrictJsonError, type JsonFault } from '../../../domain/shared/strict-json.ts';
import { fc } from '../../support/fast-check.ts';

describe('texts that every reader understands alike', () => {
  test.each([
    '[]',
    '{}',
    ' [ ] ',
    '\t\n\r {"tide" : "low"}\r\n',
    '"plain"',
    '""',
    'true',
    'false',
    'null',
    '42',
    '-0',
    '0',
    '-1.5e-3',
    '1E22',
    '[123e65,0e+1,0e1,1e1,20e1,-123,1e-2,123.456e78]',
    '[123.456e-789]',
    '[[] ]',
    '[""]',
    '["a"]',
    '[null,1,"1",{}]',
    '[1,null,null,null,2]',
    String.raw`["\u0060\u012a\u12AB"]`,
    String.raw`["\uD801\udc37"]`,
    String.raw`["\ud83d\ude39\ud83d\udc8d"]`,
    String.raw`["\"\\\/\b\f\n\r\t"]`,
    String.raw`["\\u0000"]`,
    String.raw`["\u0000","\uFFFF","\u2028","\u0022"]`,
    '["\u2028\u2029\u007f\u0080\ufeff"]',
    '["a/*b*/c/*d//e"]',
    '{"":0}',
    String.raw`{"tide\u0000":42}`,
    '{"a":[],"b":{"a":[]}}',
    '{"min":-1.0e+28,"max":1.0e+28}',
    '[0.1234567890123456789]',
  ])('%s', (text) => {
    expect(isDeepStrictEqual(parseStrictJson(text), JSON.parse(text))).toBe(true);
  });

  test('any value that was printed with spaces', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        // Long integers are kept as text; they have tests of their own.
        fc.pre(!/\d{16}/.test(text));
        expect(isDeepStrictEqual(parseStrictJson(text), JSON.parse(text))).toBe(true);
      }),
    );
  });
});

describe('texts that are not JSON', () => {
  test.each([
    '',
    ' ',
    '\ufeff{}',
    '[',
    ']',
    '{',
    '}',
    '[1',
    '[1,',
    '[1,]',
    '[1,,2]',
    '[,1]',
    '[,]',
    '[1 true]',
    '["": 1]',
    '[""],',
    '["x"]]',
    '[][]',
    '{}{}',
    '[1]x',
    '[3[4]]',
    '[a]',
    '[True]',
    '[fals]',
    '[nul]',
    '[tru]',
    'nulla',
    '[*]',
    "['single']",
    '["tab\there"]',
    '["line\nfeed"]',
    '["\u0000"]',
    '["open',
    String.raw`["\a"]`,
    String.raw`["\x00"]`,
    String.raw`["\u00A"]`,
    String.raw`["\u"]`,
    String.raw`["\"]`,
    String.raw`["\ "]`,
    '["\\\ud83d\ude00"]',
    '[\f1]',
    '[\u00a01]',
    '[\u2060]',
    '[1]\u0000',
    '[+1]',
    '[++1]',
    '[-]',
    '[- 1]',
    '[-01]',
    '[012]',
    '[.5]',
    '[-.5]',
    '[5.]',
    '[5.e3]',
    '[0.1.2]',
    '[1e]',
    '[1e+]',
    '[1eE2]',
    '[0e+-1]',
    '[0x1F]',
    '[1 000.0]',
    '[1+2]',
    '[1_000]',
    '[Inf]',
    '[１]',
    '[-foo]',
    '[1ea]',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{,"a":1}',
    '{"a":1,,"b":2}',
    '{"a" 1}',
    '{"a"::1}',
    '{"a",1}',
    '{a:1}',
    "{'a':1}",
    '{1:1}',
    '{null:null}',
    '{[:"x"}',
    '{"a":"b" 123}',
    '{"a":1}/* a remark */',
    '{"a":1}// a remark',
    '{"a":1}#',
    '{"a":[}',
    '{"a":1]',
    '<trace/>',
  ])('%j', (text) => {
    expect(faultOf(text)).toBe('broken_json');
  });

  test('any value that lost its last character', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.jsonValue()),
          fc.dictionary(fc.string(), fc.jsonValue()),
          fc.string().filter((text) => text.isWellFormed()),
        ),
        (value) => {
          expect(faultOf(JSON.stringify(value).slice(0, -1))).toBe('broken_json');
        },
      ),
    );
  });
});

describe('texts that readers understand differently', () => {
  const faults: readonly [JsonFault, string, string][] = [
    ['duplicate_key', 'the same key twice', '{"a":1,"a":1}'],
    ['duplicate_key', 'the same key in another spelling', String.raw`{"a":1,"\u0061":2}`],
    ['duplicate_key', 'the same key deep inside', '[{"dock":{"berth":1,"crane":2,"berth":3}}]'],
    ['duplicate_key', 'the empty key twice', '{"":1,"":2}'],
    ['duplicate_key', '__proto__ twice', '{"__proto__":1,"__proto__":2}'],
    ['duplicate_key', 'a slash, plain and escaped', String.raw`{"a/b":1,"a\/b":2}`],
    ['not_finite', 'NaN', '{"share":NaN}'],
    ['not_finite', 'minus NaN', '[-NaN]'],
    ['not_finite', 'Infinity', '[Infinity]'],
    ['not_finite', 'minus Infinity', '{"loss":-Infinity}'],
    ['not_finite', '1e400', '[1e400]'],
    ['not_finite', 'minus 1e400', '[-1e400]'],
    ['not_finite', 'an exponent with leading zeros', '[0.4e0066999999]'],
    ['not_finite', 'a digit run of 400', `[${'9'.repeat(400)}]`],
    ['lone_surrogate', 'the first half alone', String.raw`["\ud83d"]`],
    ['lone_surrogate', 'the second half alone', String.raw`["\uDE00"]`],
    ['lone_surrogate', 'the halves the wrong way round', String.raw`["\ude00\ud83d"]`],
    ['lone_surrogate', 'the first half before a letter', String.raw`["\ud800abc"]`],
    ['lone_surrogate', 'in a key', String.raw`{"\udFAA":0}`],
    ['lone_surrogate', 'not escaped', '["\ud800"]'],
    ['too_deep', '201 arrays', '['.repeat(201) + ']'.repeat(201)],
    ['too_deep', '201 objects', '{"a":'.repeat(201) + '1' + '}'.repeat(201)],
    ['too_deep', 'a hundred thousand open brackets', '['.repeat(100_000)],
  ];

  test.each(faults)('%s: %s', (fault, _name, text) => {
    expect(faultOf(text)).toBe(fault);
  });

  test('200 levels are not too deep', () => {
    expect(faultOf('['.repeat(200) + ']'.repeat(200))).toBeUndefined();
    expect(faultOf('{"a":'.repeat(200) + '1' + '}'.repeat(200))).toBeUndefined();
  });

  test('the same key in two objects is no duplicate', () => {
    expect(parseStrictJson('[{"a":1},{"a":2},{"a":{"a":3}}]')).toEqual([{ a: 1 }, { a: 2 }, { a: { a: 3 } }]);
  });

  test('the error tells no more than one character of a text that may be a secret', () => {
    expect(errorOf('{"password":hunter2}')?.message).toBe('expected a value, found "h" at character 12');
    expect(errorOf('[😀]')?.message).toBe('expected a value, found "😀" at character 1');
    expect(errorOf('[1')?.message).toBe('expected "," or "]", found the end of the text at character 2');
  });

  test('the error says what and where', () => {
    const error = errorOf('{"berth":1,"berth":2}');
    expect(error?.offset).toBe(11);
    expect(error?.message).toBe('key "berth" stands twice in one object, at character 11');
  });
});

describe('values that a plain reader would change', () => {
  test.each(['9007199254740993', '-9007199254740993', '9007199254740992', '123123123123123123123123123123'])(
    '%s keeps its text',
    (text) => {
      expect(parseStrictJson(`[${text}]`)).toEqual([new NumberText(text)]);
    },
  );

  test('2^53 - 1 is still a number', () => {
    expect(parseStrictJson('[9007199254740991,-9007199254740991]')).toEqual([9007199254740991, -9007199254740991]);
  });

  test('a fraction and an exponent are numbers, however long', () => {
    expect(parseStrictJson('[9007199254740993.0,1e30]')).toEqual([9007199254740992, 1e30]);
  });

  test('__proto__ is a key like any other', () => {
    const value = parseStrictJson('{"__proto__":{"isAdmin":true}}') as JsonObject;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect((value as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test('the order of the keys is kept', () => {
    expect(Object.keys(parseStrictJson('{"weir":1,"quay":2,"pier":3}') as JsonObject)).toEqual(['weir', 'quay', 'pier']);
  });
});

function errorOf(text: string): StrictJsonError | undefined {
  try {
    parseStrictJson(text);
    return undefined;
  } catch (error) {
    if (error instanceof StrictJsonError) return error;
    throw error;
  }
}

function faultOf(text: string): JsonFault | undefined {
  return errorOf(text)?.fault;
}
