import { expect, test } from 'vitest';
import { mostTokens } from '../../../domain/shared/most-tokens.ts';
import { fc } from '../../support/fast-check.ts';

test('a token for each byte of UTF-8, and 64 for what stands around each text', () => {
  expect(mostTokens([])).toBe(0);
  expect(mostTokens([''])).toBe(64);
  expect(mostTokens(['quay 7', 'Ähre', '潮'])).toBe(6 + 5 + 3 + 3 * 64);
});

test('never fewer than a quarter of the characters, and never fewer than the characters themselves', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      expect(mostTokens(texts)).toBeGreaterThanOrEqual(texts.join('').length);
    }),
  );
});
