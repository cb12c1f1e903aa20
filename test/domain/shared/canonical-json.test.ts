import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { canonicalJson, MAX_DEPTH, TooDeepError } from '../../../domain/shared/canonical-json.ts';
import { NumberText, type JsonValue } from '../../../domain/shared/json.ts';
import { fc } from '../../support/fast-check.ts';

const canonicalOf = (text: string): string => canonicalJson(JSON.parse(text) as JsonValue);

describe('the examples of RFC 8785', () => {
  test('section 3.2.2: numbers, strings and literals, down to the bytes of section 3.2.4', () => {
    const input = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    const expected = [
      '7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22',
      '3a 5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d',
      '32 37 5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d',
    ];
    expect(Buffer.from(canonicalOf(input)).toString('hex')).toBe(expected.join('').replaceAll(' ', ''));
  });

  test('section 3.2.3: keys in the order of their UTF-16 code units', () => {
    const input = String.raw`{
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis"
    }`;
    const expected = String.raw`{"\r":"Carriage Return","1":"One","${'\u0080'}":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","${'\ufb33'}":"Hebrew Letter Dalet With Dagesh"}`;
    expect(canonicalOf(input)).toBe(expected);
  });

  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('appendix B: the double %s is written %s', (bits, expected) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(expected);
  });

  test.each([
    ['7fffffffffffffff', 'NaN'],
    ['7ff0000000000000', 'Infinity'],
  ])('appendix B: the double %s, %s, is an error', (bits, name) => {
    expect(() => canonicalJson({ share: Buffer.from(bits, 'hex').readDoubleBE() })).toThrow(`canonical JSON has no form for ${name}`);
  });
});

describe('the files that go with the RFC', () => {
  test.each([
    ['arrays', '[56,{"d":true,"10":null,"1":[]}]', '[56,{"1":[],"10":null,"d":true}]'],
    [
      'structures',
      String.raw`{"1":{"f":{"f":"hi","F":5},"\n":56.0},"10":{},"":"empty","a":{},"111":[{"e":"yes","E":"no"}],"A":{}}`,
      String.raw`{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}`,
    ],
    [
      'french',
      '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}',
      '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}',
    ],
    ['unicode', String.raw`{"Unnormalized Unicode":"A\u030a"}`, '{"Unnormalized Unicode":"A\u030a"}'],
    ['values', '{"number":1e3,"text":"</script>"}', '{"number":1000,"text":"</script>"}'],
  ])('%s', (_name, input, expected) => {
    expect(canonicalOf(input)).toBe(expected);
  });
});

describe('canonicalJson', () => {
  test('reads back as the same value, and its text stays as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as JsonValue);
        const back = JSON.parse(text) as JsonValue;
        expect(isDeepStrictEqual(back, JSON.parse(JSON.stringify(value)))).toBe(true);
        expect(canonicalJson(back)).toBe(text);
      }),
    );
  });

  test('does not depend on the order of the keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(withKeysReversed(value as JsonValue))).toBe(canonicalJson(value as JsonValue));
      }),
    );
  });

  test('writes a number that a double would change as it was read', () => {
    expect(canonicalJson({ id: new NumberText('9007199254740993') })).toBe('{"id":9007199254740993}');
  });

  test('leaves out properties without a value', () => {
    expect(canonicalJson({ name: 'Mill Quay', tide: undefined } as unknown as JsonValue)).toBe('{"name":"Mill Quay"}');
  });

  test('keeps a key named __proto__', () => {
    expect(canonicalOf('{"__proto__":{"a":1},"b":2}')).toBe('{"__proto__":{"a":1},"b":2}');
  });

  test('goes 200 levels deep and no deeper', () => {
    expect(MAX_DEPTH).toBe(200);
    expect(canonicalJson(nested(200))).toBe('['.repeat(200) + ']'.repeat(200));
    expect(() => canonicalJson(nested(201))).toThrow(TooDeepError);
    expect(canonicalJson(nested(199, 'the bottom'))).toContain('the bottom');
  });
});

function nested(levels: number, bottom?: JsonValue): JsonValue {
  let value: JsonValue = bottom === undefined ? [] : [bottom];
  for (let level = 1; level < levels; level += 1) value = [value];
  return value;
}

function withKeysReversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withKeysReversed);
  if (typeof value !== 'object' || value === null || value instanceof NumberText) return value;
  const reversed: [string, JsonValue][] = Object.entries(value)
    .reverse()
    .map(([key, item]) => [key, withKeysReversed(item)]);
  return Object.fromEntries(reversed);
}
