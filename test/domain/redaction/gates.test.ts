import { describe, expect, it } from 'vitest';
import { anyHintOf, hasRun } from '../../../domain/redaction/gates.ts';
import { fc } from '../../support/fast-check.ts';

describe('hasRun', () => {
  it('agrees with the pattern it stands for', () => {
    const text = fc
      .array(fc.constantFrom('a', 'Z', '0', '_', '-', ' ', '.', 'é', 'abcde', '@'), { maxLength: 60 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 24 }), (searched, length) => {
        expect(hasRun(searched, length)).toBe(new RegExp(`[A-Za-z0-9_-]{${length}}`).test(searched));
      }),
      { numRuns: 2000, seed: 9 },
    );
  });

  it('finds a run at the very start and the very end', () => {
    expect(hasRun('lighthouse', 10)).toBe(true);
    expect(hasRun('a lighthouse', 10)).toBe(true);
    expect(hasRun('lighthouse!', 10)).toBe(true);
    expect(hasRun('lighthous', 10)).toBe(false);
  });
});

describe('anyHintOf', () => {
  it('holds where one of the hints does', () => {
    const row = { placeholder: 'BOAT', description: '', pattern: /boat/g };
    const holds = anyHintOf([
      { ...row, name: 'boat', hint: /boat/ },
      { ...row, name: 'ship', hint: /ship/ },
    ]);
    expect(['a boat', 'a ship', 'a car'].map(holds)).toEqual([true, true, false]);
  });
});
