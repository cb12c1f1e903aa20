import { describe, expect, test } from 'vitest';
import { signedTextOf, spellingsOf } from '../../../domain/acceptance/index.ts';
import { canonicalJson } from '../../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import type { PlantedAttempt } from '../../../schemas/acceptance-planted.ts';
import { fc } from '../../support/fast-check.ts';

const attempt = (fields: Partial<PlantedAttempt>): PlantedAttempt => ({ truth: 'yes', category: 'accepted', ...fields });
const source = (text: string, members: [string, string][] = []) => ({ text, members: new Map(members) });

describe('signedTextOf', () => {
  // The first two are examples of RFC 8785, section 3.2.
  test.each([
    [
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"literals":[null,true,false]}',
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
    ],
    [
      '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","1":"One","\\u0080":"Control\\u007f"}',
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control\u007f","€":"Euro Sign"}',
    ],
    ['{ "b" : [ ] , "a" : { } , "c" : -0 }', '{"a":{},"b":[],"c":0}'],
    ['{"big":9007199254740993,"text":"a\\/b \\"c\\" ]}"}', '{"big":9007199254740993,"text":"a/b \\"c\\" ]}"}'],
  ])('spells %s canonically', (text, canonical) => {
    expect(signedTextOf(attempt({ pointer: '' }), source(text))).toBe(canonical);
  });

  test('takes a line, counted from 0, behind a byte order mark and before a carriage return', () => {
    const lines = source('\uFEFF{"a":1}\r\n\r\n{"b":[1, 2]}\r\n');
    expect(signedTextOf(attempt({ line: 0 }), lines)).toBe('{"a":1}');
    expect(signedTextOf(attempt({ line: 2 }), lines)).toBe('{"b":[1,2]}');
    expect(signedTextOf(attempt({ line: 1 }), lines)).toBeUndefined();
    expect(signedTextOf(attempt({ line: 7 }), lines)).toBeUndefined();
  });

  test('follows pointers, with their escapes, within a document, a line or a member', () => {
    const text = '{"a/b":[{"~":"tilde"}]}';
    expect(signedTextOf(attempt({ pointer: '/a~1b/0/~0' }), source(text))).toBe('"tilde"');
    expect(signedTextOf(attempt({ line: 0, pointer: '/a~1b/0' }), source(text))).toBe('{"~":"tilde"}');
    expect(signedTextOf(attempt({ member: 'one.json' }), source('PK', [['one.json', '{"z":1,"y":2}']]))).toBe('{"y":2,"z":1}');
    expect(signedTextOf(attempt({ pointer: '/a~1b/4/x' }), source(text))).toBeUndefined();
    expect(signedTextOf(attempt({ member: 'two.json' }), source('PK'))).toBeUndefined();
  });

  test('joins the values that are signed together, all or none', () => {
    const lines = source('{"n":1}\n{"n":2}\n{"n":3}\n');
    expect(signedTextOf(attempt({ line: 0, parts: [{ line: 2 }, { line: 0 }] }), lines)).toBe('[{"n":3},{"n":1}]');
    expect(signedTextOf(attempt({ line: 0, parts: [{ line: 2 }, { line: 9 }] }), lines)).toBeUndefined();
  });

  test('signs a comment within its pull request, without the others', () => {
    const text = '[{"url":"u","comments":[{"note":"one"},{"note":"two"}]}]';
    expect(signedTextOf(attempt({ pointer: '/0/comments/1', pull_request: '/0' }), source(text))).toBe(
      '{"comment":{"note":"two"},"url":"u"}',
    );
  });
});

describe('spellingsOf', () => {
  test('knows a text within JSON, within JSON in JSON, and within a URL', () => {
    const spellings = spellingsOf('pass"word/1');
    for (const written of [
      'pass"word/1',
      JSON.stringify({ a: 'pass"word/1' }),
      JSON.stringify(JSON.stringify({ a: 'pass"word/1' })),
      'https://x/?q=pass%22word%2F1',
    ])
      expect(spellings.some((spelling) => written.includes(spelling))).toBe(true);
  });

  test('knows a long number without what separates its groups, and leaves short ones alone', () => {
    expect(spellingsOf('4242 4242 4242 4242')).toContain('4242424242424242');
    expect(spellingsOf('412-55-1234')).not.toContain('412551234');
  });
});

test('agrees with the canonical form that the pipeline writes, whatever is written', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const canonical = canonicalJson(value as JsonValue);
      expect(signedTextOf(attempt({ pointer: '' }), source(` ${JSON.stringify(value, null, 2)} `))).toBe(canonical);
    }),
  );
});
