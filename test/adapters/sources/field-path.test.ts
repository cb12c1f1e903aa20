import { describe, expect, it } from 'vitest';
import { followPath, parseFieldPath } from '../../../adapters/sources/field-path.ts';

describe('a field path', () => {
  const record = { a: { b: ['first', { 'c/d': 1, 'e~f': 2, '': 3 }] }, 'g.h': 4 };

  it.each([
    ['/a/b/0', 'first'],
    ['a.b.0', 'first'],
    ['/a/b/1/c~1d', 1],
    ['/a/b/1/e~0f', 2],
    ['/a/b/1/', 3],
    ['/g.h', 4],
    ['a.b.0?', 'first'],
  ])('%s leads to its value', (text, expected) => expect(followPath(record, parseFieldPath(text))).toBe(expected));

  it.each(['/a/x', 'a.b.2', 'a.b.-1', 'a.b.00', 'a.b.length', '/constructor', 'a.b.0.length', 'g.h'])('%s leads nowhere', (text) => {
    expect(followPath(record, parseFieldPath(text))).toBeUndefined();
  });

  it('is optional when it ends in a question mark', () => {
    expect([parseFieldPath('a.b?').isOptional, parseFieldPath('a.b').isOptional]).toEqual([true, false]);
  });
});
