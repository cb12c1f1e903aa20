import { describe, expect, test } from 'vitest';
import { clusterTasks } from '../../../domain/export/index.ts';
import { fc } from '../../support/fast-check.ts';

describe('clusterTasks', () => {
  test('by hand: a chain, a pair, and a link that joins two chains', () => {
    const clusters = clusterTasks([['quay', 'pier'], ['weir', 'quay'], ['dock', 'lock'], ['mole'], ['ramp', 'slip'], ['slip', 'lock']]);
    expect(Object.fromEntries(clusters)).toEqual({
      quay: 'pier',
      pier: 'pier',
      weir: 'pier',
      dock: 'dock',
      lock: 'dock',
      ramp: 'dock',
      slip: 'dock',
      mole: 'mole',
    });
  });

  test('no links, no clusters', () => {
    expect(clusterTasks([]).size).toBe(0);
  });

  test('agrees with repeated spreading of the smallest name', () => {
    const links = fc.array(fc.uniqueArray(fc.constantFrom(...'abcdefghijklmn'), { minLength: 1, maxLength: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(links, (lists) => {
        expect(Object.fromEntries(clusterTasks(lists))).toEqual(bySpreading(lists));
      }),
    );
  });

  test('does not depend on the order of the links', () => {
    const links = fc.array(fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 2, maxLength: 3 }), { maxLength: 8 });
    fc.assert(
      fc.property(links, (lists) => {
        expect(Object.fromEntries(clusterTasks(lists.toReversed()))).toEqual(Object.fromEntries(clusterTasks(lists)));
      }),
    );
  });

  test('a chain of 50,000 tasks is one cluster', () => {
    const name = (index: number): string => `task-${String(index).padStart(6, '0')}`;
    const links = Array.from({ length: 50_000 }, (_, index) => [name(index + 1), name(index)]).reverse();
    const clusters = clusterTasks(links);
    expect(clusters.size).toBe(50_001);
    expect(new Set(clusters.values())).toEqual(new Set([name(0)]));
  });
});

function bySpreading(lists: readonly (readonly string[])[]): Record<string, string> {
  const smallest: Record<string, string> = {};
  for (const list of lists) for (const task of list) smallest[task] = task;
  for (let changed = true; changed;) {
    changed = false;
    for (const list of lists) {
      const least = list.map((task) => smallest[task]!).sort()[0]!;
      for (const task of list) {
        if (smallest[task] === least) continue;
        smallest[task] = least;
        changed = true;
      }
    }
  }
  return smallest;
}
