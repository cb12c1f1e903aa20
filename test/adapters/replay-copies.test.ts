import { expect, test } from 'vitest';
import { packCopy, unpackCopy } from '../../adapters/replay-copies.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { fc } from '../support/fast-check.ts';

const FIRST = { run: 'dawn', usage: { tokens: 7, usd: 1 }, corpus: { rows: 4 }, answer: 'Ring the bell.' };

function packed(line: string) {
  return packCopy(FIRST, JSON.parse(line) as JsonValue, line);
}

test('a copy is told by what differs, in objects within it, too', () => {
  const line = JSON.stringify({ ...FIRST, run: 'noon', usage: { tokens: 7 } });
  expect(packed(line)).toEqual({ patch: '{"run":"noon","usage":{"usd":null}}', line: null });
  expect(unpackCopy(FIRST, packed(line))).toBe(line);
});

test.each([
  ['with blanks', '{"run": "noon","usage":{"tokens":7,"usd":1},"corpus":{"rows":4},"answer":"Ring the bell."}'],
  ['in another order', '{"usage":{"tokens":7,"usd":1},"run":"noon","corpus":{"rows":4},"answer":"Ring the bell."}'],
  ['with a null, which in a patch means nothing', JSON.stringify({ ...FIRST, corpus: null })],
  ['with a number in another form', JSON.stringify(FIRST).replace(':7', ':7.0')],
  ['with a key that means something else to objects', JSON.stringify(FIRST).replace('"run":', '"__proto__":')],
])('a line %s is kept as a whole', (_name, line) => {
  expect(packed(line)).toEqual({ patch: null, line });
  expect(unpackCopy(FIRST, packed(line))).toBe(line);
});

test('whatever was packed comes back to the byte', () => {
  const text = fc.json({ maxDepth: 3 });
  fc.assert(
    fc.property(text, text, (first, line) => {
      const value = JSON.parse(first) as JsonValue;
      expect(unpackCopy(value, packCopy(value, JSON.parse(line) as JsonValue, line)) === line).toBe(true);
    }),
    { numRuns: 300 },
  );
});
