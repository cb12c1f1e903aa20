import { describe, expect, it } from 'vitest';
import { signatureBytes, signatureFromBytes, signatureOf } from '../../../domain/dedup/index.ts';
import { inventedProse } from '../../support/near-copies.ts';

const [PROSE] = inventedProse(1, 1) as [string];

describe('signature of a text', () => {
  it('takes 12 bytes and two for each word', () => {
    expect(signatureBytes(signatureOf('The bike is back at the dock.'))).toHaveLength(12 + 2 * 7);
  });

  it('takes at most 1036 bytes, however long the text is', () => {
    const long = inventedProse(2, 40).join('\n');
    expect(signatureBytes(signatureOf(long))).toHaveLength(12 + 4 * 256);
  });

  it('comes back from its bytes', () => {
    for (const text of ['', 'one', PROSE, inventedProse(3, 4).join(' ')]) {
      const signature = signatureOf(text);
      expect(signatureFromBytes(signatureBytes(signature))).toEqual(signature);
    }
  });

  it('refuses bytes that are none', () => {
    expect(() => signatureFromBytes(new Uint8Array(11))).toThrow(/expected an even number of bytes, at least 12, found 11/);
    expect(() => signatureFromBytes(new Uint8Array(15))).toThrow(/found 15/);
  });

  it('depends on the words alone, not on texts that were read before', () => {
    const before = signatureOf(PROSE);
    signatureOf(inventedProse(9, 30).join(' '));
    expect(signatureOf(PROSE.toUpperCase().replaceAll(' ', '\n'))).toEqual(before);
  });
});
