import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { KeyedDigest } from '../../../domain/shared/keyed-digest.ts';
import { fc } from '../../support/fast-check.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hexDigits = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 }).map((digits) => digits.join(''));
const rowLists = fc.uniqueArray(fc.tuple(hexDigits, hexDigits), { selector: ([key]) => key, maxLength: 40 });

describe('KeyedDigest', () => {
  test('is the sha256 of the row digests, as hexadecimal text, in the order of the keys', () => {
    fc.assert(
      fc.property(rowLists, (rows) => {
        const inOrder = [...rows].sort(([left], [right]) => (left < right ? -1 : 1));
        expect(digestOf(rows)).toBe(sha256(inOrder.map(([, digest]) => digest).join('')));
      }),
    );
  });

  test('without a row it is the sha256 of nothing, as published', () => {
    expect(digestOf([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('does not depend on the order in which rows come', () => {
    fc.assert(
      fc.property(
        rowLists.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
        ([rows, shuffled]) => {
          expect(digestOf(shuffled)).toBe(digestOf(rows));
        },
      ),
    );
  });

  test('keys that differ in their last digit only are told apart, and high digits sort above low ones', () => {
    const [low, high] = [`7${'0'.repeat(62)}1`, `f${'0'.repeat(63)}`];
    const rows: [string, string][] = [
      [high, sha256('last')],
      [`7${'0'.repeat(62)}2`, sha256('second')],
      [low, sha256('first')],
    ];
    expect(digestOf(rows)).toBe(sha256(sha256('first') + sha256('second') + sha256('last')));
  });

  test('holds more rows than it has room for at first', () => {
    const rows = Array.from({ length: 5000 }, (_, index): [string, string] => [sha256(`key ${index}`), sha256(`row ${index}`)]);
    const inOrder = [...rows].sort(([left], [right]) => (left < right ? -1 : 1));
    expect(digestOf(rows)).toBe(sha256(inOrder.map(([, digest]) => digest).join('')));
  });

  test('counts its rows', () => {
    const digest = new KeyedDigest();
    digest.add(sha256('a'), sha256('b'));
    digest.add(sha256('c'), sha256('d'));
    expect(digest.rows).toBe(2);
  });
});

function digestOf(rows: readonly (readonly [string, string])[]): string {
  const digest = new KeyedDigest();
  for (const [key, row] of rows) digest.add(key, row);
  const hash = createHash('sha256');
  return digest.finish({ update: (data) => void hash.update(data), digest: () => hash.digest('hex') });
}
