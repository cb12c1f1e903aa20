import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../domain/redaction/index.ts';
import { readLabelledTexts } from './fixture.ts';
import { fc } from '../../support/fast-check.ts';

const pieces = [...readLabelledTexts('secrets'), ...readLabelledTexts('personal-data')].map((row) => row.text);

/** Labelled texts, or parts of them, in the company of what JSON must escape. */
const text = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...pieces) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom(...pieces), fc.nat(60), fc.nat(60))
          .map(([piece, from, size]) => piece.slice(from, from + size)),
      },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          '"',
          "'",
          '\\',
          '\n',
          '\t',
          '\b',
          '/',
          '\u0001',
          'é',
          '\u2028',
          '`',
          ' ',
          '=',
          ':',
          '-',
          '+',
          'n',
          'u0041',
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const jsonValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.constantFrom(4242424242424242, 4155552671, 123456789, -4242424242424242, 20240515, null, true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom('phone', 'password', 'api_key', 'ssn', 'card', 'token'), text), tie('value'), { maxKeys: 3 }),
  ),
})).value;

/** What writers with other habits make of the same JSON: everything outside ASCII escaped, slashes escaped, blanks added, JSON inside JSON. */
const spellings: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, 2),
  (value) => JSON.stringify(value).replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  (value) => JSON.stringify(value).replaceAll('/', '\\/'),
  (value) => JSON.stringify({ body: JSON.stringify(value) }),
  (value) => JSON.stringify([JSON.stringify({ body: JSON.stringify(value) })]),
];

describe('redactJson', () => {
  it('keeps every JSON text valid, of the same shape, however it was written', () => {
    fc.assert(
      fc.property(jsonValue, fc.constantFrom(...spellings), (value, spell) => {
        const before = spell(value);
        const after = createRedactor().redactJson(before);
        expect(countValues(JSON.parse(after))).toBe(countValues(JSON.parse(before)));
      }),
      { numRuns: 2000, seed: 9 },
    );
  });

  it('is needed: the plain redaction of a bare number is no JSON', () => {
    expect(() => JSON.parse(createRedactor().redact('{"phone": 4155552671}')) as unknown).toThrow(SyntaxError);
  });

  it('makes one string of a text that has half a number left', () => {
    expect(createRedactor().redactJson('{"phone":4155552671.55e3}')).toBe('"{\\"phone\\":[PHONE_1].55e3}"');
  });

  it('puts quotation marks around the placeholder of a bare number only', () => {
    const redacted = createRedactor().redactJson('{"phone": 4155552671, "cards":[4242424242424242],"note":"pay: 4242424242424242, now"}');
    expect(redacted).toBe('{"phone": "[PHONE_1]", "cards":["[CARD_1]"],"note":"pay: [CARD_1], now"}');
  });

  it('leaves broken JSON as broken as it was', () => {
    expect(createRedactor().redactJson('{"phone": 4155552671, "note')).toBe('{"phone": [PHONE_1], "note');
  });

  it('returns the very same text when it is clean', () => {
    const clean = '{"flight_number": "HAT110", "n": 12345678901234567890}';
    expect(createRedactor().redactJson(clean)).toBe(clean);
  });
});

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, part) => sum + countValues(part), 1);
}
