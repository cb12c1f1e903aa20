import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../domain/shared/canonical-json.ts';
import { parseRecord, type ParsedRecord } from '../../../domain/shared/parse-record.ts';
import { parseStrictJson, StrictJsonError } from '../../../domain/shared/strict-json.ts';
import { jsonTexts } from './json-texts.ts';
import { fc } from '../../support/fast-check.ts';

describe('parseRecord', () => {
  test('says what the strict parser says, whatever the text', () => {
    fc.assert(
      fc.property(jsonTexts(), (text) => {
        expect(isDeepStrictEqual(parseRecord(text), strictly(text))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('the texts of that property hold both kinds of record', () => {
    const drawn = fc.sample(jsonTexts(), { numRuns: 500, seed: 8785 }).map(strictly);
    const faults = new Set(drawn.map((record) => (record.ok ? 'none' : record.fault)));
    expect([...faults].sort()).toEqual(['broken_json', 'duplicate_key', 'lone_surrogate', 'none', 'not_finite']);
  });

  test('gives the value with its canonical text', () => {
    expect(parseRecord('{"tide" : "low", "berths": [3, 1]}')).toEqual({
      ok: true,
      value: { tide: 'low', berths: [3, 1] },
      canonical: '{"berths":[3,1],"tide":"low"}',
    });
  });

  test.each([
    ['plain', '{"a":1,"a":2}'],
    ['in another spelling', String.raw`{"a":1,"\u0061":2}`],
    ['with white space before one colon', '{"a" :1,"a":2}'],
    ['with white space before both colons', '{"a" :1,"a"\n:2}'],
    ['beside a key with white space before its colon', '{"b" :0,"a":1,"a":2}'],
    ['beside a string that looks like a key', String.raw`{"note":"\":","a":1,"a":2}`],
    ['beside a look-alike behind an escape', String.raw`{"note":"\u0022:","a":1,"a":2}`],
    ['where the lost value holds a key', '{"a":{"b":1},"a" :2,"c" :3}'],
    ['named __proto__', '{"__proto__":1,"__proto__":2}'],
    // As long as its canonical form: what the lost key takes away, the numbers give back.
    ['beside a large number with an exponent', '{"a":1e8,"b":0,"b":1}'],
    ['beside small numbers with an exponent', '{"a":1e-5,"b":0,"b":1,"c":1e-5}'],
    ['beside a negative number with an exponent', '{"a":-1e8,"b":0,"b":1}'],
  ])('finds a duplicate key %s', (_how, text) => {
    expect(parseRecord(text)).toMatchObject({ ok: false, fault: 'duplicate_key' });
  });

  test('keeps the text of an integer that a double would change, in the value and in the canonical text', () => {
    const parsed = parseRecord('{"order":9007199254740993}');
    expect(parsed).toMatchObject({ ok: true, canonical: '{"order":9007199254740993}' });
  });

  test.each([
    ['not_finite', '{"loss":1e400}'],
    ['not_finite', `{"loss":${'1'.repeat(310)}}`],
    ['not_finite', '{"loss":NaN}'],
    ['lone_surrogate', String.raw`{"name":"\uD800"}`],
    ['lone_surrogate', String.raw`{"\udc00":"Pier Nine"}`],
    ['lone_surrogate', '{"name":"\ud800"}'],
    ['broken_json', '{"name":"Pier Nine"'],
    ['too_deep', `${'['.repeat(201)}${']'.repeat(201)}`],
    ['too_deep', '['.repeat(50_000)],
  ])('%s', (fault, text) => {
    expect(parseRecord(text)).toMatchObject({ ok: false, fault });
  });

  test.each([
    ['pair of surrogates, escaped', String.raw`{"pier":"\ud83d\ude00"}`, '{"pier":"😀"}'],
    ['pair of surrogates, as it is', '{"pier":"😀"}', '{"pier":"😀"}'],
    ['text that spells an escape', String.raw`{"path":"C:\\udine"}`, String.raw`{"path":"C:\\udine"}`],
    ['key that looks twice like a key', String.raw`{"a\":":1,"b" :2}`, String.raw`{"a\":":1,"b":2}`],
    ['number with an exponent', '{"b":1e8, "a":25E-4}', '{"a":0.0025,"b":100000000}'],
    ['minus zero', '{"drift":-0}', '{"drift":0}'],
  ])('reads a %s', (_what, text, canonical) => {
    expect(parseRecord(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown, canonical });
  });

  test('200 levels are read', () => {
    const text = `${'['.repeat(200)}${']'.repeat(200)}`;
    expect(parseRecord(text)).toMatchObject({ ok: true, canonical: text });
  });
});

/** The same contract, the slow way. */
function strictly(text: string): ParsedRecord {
  try {
    const value = parseStrictJson(text);
    return { ok: true, value, canonical: canonicalJson(value) };
  } catch (error) {
    if (error instanceof StrictJsonError) return { ok: false, fault: error.fault, detail: error.message };
    throw error;
  }
}
