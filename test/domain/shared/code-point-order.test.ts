import { expect, it } from 'vitest';
import { compareCodePoints } from '../../../domain/shared/code-point-order.ts';
import { fc } from '../../support/fast-check.ts';

it('puts letters beyond U+FFFF behind all others, where the built-in order does not', () => {
  const names = ['\u{1F30A}wave', '\uFF21lpha', 'zenith', 'dome'];
  expect([...names].sort(compareCodePoints)).toEqual(['dome', 'zenith', '\uFF21lpha', '\u{1F30A}wave']);
  expect([...names].sort()).toEqual(['dome', 'zenith', '\u{1F30A}wave', '\uFF21lpha']);
});

it('is the order of the UTF-8 bytes', () => {
  const wellFormed = fc.string({ unit: 'binary', maxLength: 6 });
  fc.assert(
    fc.property(wellFormed, wellFormed, (left, right) => {
      expect(Math.sign(compareCodePoints(left, right))).toBe(Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right))));
    }),
  );
});
