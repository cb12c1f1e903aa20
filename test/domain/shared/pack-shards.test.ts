import { describe, expect, test } from 'vitest';
import { packShards, type Packable } from '../../../domain/shared/pack-shards.ts';
import { fc } from '../../support/fast-check.ts';

interface Crate extends Packable {
  readonly name: string;
}

const ROOMY = { maxBytes: 1000, maxParts: 10_000 };

/** `ends`: the crate's name ends a pack, as one name in 64 does. */
function crate(name: string, sizeBytes = 1, { ends = false } = {}): Crate {
  return { name, sizeBytes, nameHash: ends ? 640 : 641 };
}

function namesOf(packs: readonly (readonly Crate[])[]): string[] {
  return packs.map((pack) => pack.map(({ name }) => name).join(''));
}

describe('packShards', () => {
  test('keeps parts together up to the size', () => {
    expect(namesOf(packShards([crate('a', 6), crate('b', 4), crate('c', 1)], { maxBytes: 10, maxParts: 9 }))).toEqual(['ab', 'c']);
  });

  test('a part larger than a pack stands alone', () => {
    expect(namesOf(packShards([crate('a', 1), crate('b', 50), crate('c', 1)], { maxBytes: 10, maxParts: 9 }))).toEqual(['a', 'b', 'c']);
  });

  test('keeps parts together up to their number', () => {
    expect(
      namesOf(
        packShards(
          ['a', 'b', 'c', 'd', 'e'].map((name) => crate(name)),
          { maxBytes: 99, maxParts: 2 },
        ),
      ),
    ).toEqual(['ab', 'cd', 'e']);
  });

  test('a name that ends a pack is the last in it', () => {
    expect(namesOf(packShards([crate('a'), crate('b', 1, { ends: true }), crate('c')], ROOMY))).toEqual(['ab', 'c']);
  });

  test('no parts, no packs', () => {
    expect(packShards([], ROOMY)).toEqual([]);
  });

  test('parts keep their order, and limits hold', () => {
    fc.assert(
      fc.property(crates(), (parts) => {
        const packs = packShards(parts, { maxBytes: 20, maxParts: 5 });
        expect(packs.flat()).toEqual(parts);
        for (const pack of packs) {
          expect(pack.length).toBeLessThanOrEqual(5);
          expect(pack.length === 1 || pack.reduce((sum, part) => sum + part.sizeBytes, 0) <= 20).toBe(true);
        }
      }),
    );
  });

  test('a new part changes only the pack it falls into, as long as packs end by their names', () => {
    fc.assert(
      fc.property(crates(), fc.nat(), fc.boolean(), (parts, place, ends) => {
        const at = place % (parts.length + 1);
        const before = namesOf(packShards(parts, ROOMY));
        const after = new Set(namesOf(packShards([...parts.slice(0, at), crate('(new)', 1, { ends }), ...parts.slice(at)], ROOMY)));
        expect(before.filter((pack) => !after.has(pack)).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('where packs are full, a new part changes nothing beyond the next name that ends a pack', () => {
    fc.assert(
      fc.property(crates(), crates(), crates(), (head, middle, tail) => {
        const limits = { maxBytes: 20, maxParts: 5 };
        const [before, behind] = [
          [...head, crate('[', 1, { ends: true })],
          [...middle, crate(']', 1, { ends: true }), ...tail],
        ];
        const old = namesOf(packShards([...before, ...behind], limits));
        const grown = namesOf(packShards([...before, crate('(new)'), ...behind], limits));
        const kept = (packs: string[]): string[] => [...packs.slice(0, lastWith(packs, '[') + 1), ...packs.slice(lastWith(packs, ']') + 1)];
        expect(kept(grown)).toEqual(kept(old));
      }),
    );
  });
});

function crates(): fc.Arbitrary<Crate[]> {
  const part = fc.record({ sizeBytes: fc.nat(30), ends: fc.integer({ min: 0, max: 7 }).map((roll) => roll === 0) });
  return fc
    .array(part, { maxLength: 40 })
    .map((rolls) => rolls.map(({ sizeBytes, ends }, index) => crate(`${index}.`, sizeBytes, { ends })));
}

function lastWith(packs: readonly string[], mark: string): number {
  return packs.findIndex((pack) => pack.includes(mark));
}
