import { fc } from '../../support/fast-check.ts';

/**
 * JSON texts as programs other than ours write them: keys that repeat, in another spelling too, white space everywhere, strings that look like keys,
 * numbers that a double changes or cannot hold, half surrogate pairs.
 */
export function jsonTexts(): fc.Arbitrary<string> {
  return fc.letrec<{ value: string; array: string; object: string; entry: string }>((tie) => ({
    value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalars, tie('array'), tie('object')),
    array: fc.array(padded(tie('value')), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    object: fc.array(tie('entry'), { maxLength: 5 }).map((entries) => `{${entries.join(',')}}`),
    entry: fc.tuple(padded(keys), padded(tie('value'))).map((sides) => sides.join(':')),
  })).value;
}

const spaces = fc.oneof({ weight: 5, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom(' ', '\t', '\n', '\r\n  ') });

function padded(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(spaces, texts, spaces).map((parts) => parts.join(''));
}

const pieces = fc.constantFrom(
  ...['a', 'b', ':', ' ', '{', '}', ',', 'é', '😀', '\\":', '\\"', '\\\\', '\\n', '\\/'],
  ...['\\u0022', '\\u003a', '\\u003A', '\\u0061', '\\u005c', '\\ud83d\\ude00', '\\ud800'],
);

const strings = fc.array(pieces, { maxLength: 4 }).map((parts) => `"${parts.join('')}"`);

const keys = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('"a"', '"\\u0061"', '"b"', '"c"', '"a\\":"', '"__proto__"', '""') },
  { weight: 1, arbitrary: strings },
);

const numbers = fc.oneof(
  fc.constantFrom('0', '-0', '1', '-7', '1.5', '1e5', '1E+2', '1e-400', '2.50'),
  fc.constantFrom('9007199254740991', '9007199254740992', '9007199254740993', '-9007199254740993', '0.1234567890123456789'),
  fc.constantFrom('1e400', '-1e400', '1e0400', '1.5E+999', 'NaN', '-Infinity', '01', '1.'),
);

const scalars = fc.oneof(
  { weight: 4, arbitrary: strings },
  { weight: 2, arbitrary: numbers },
  { weight: 2, arbitrary: fc.constantFrom('true', 'false', 'null') },
);
