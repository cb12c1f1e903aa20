import { expect, test } from 'vitest';
import { findDominators } from '../../../domain/stats/pareto-front.ts';
import { fc } from '../../support/fast-check.ts';

const lamp = (cost: number, worth: number) => ({ cost, worth });

test('what costs more and is worth less is dominated, by the cheapest that is no worse', () => {
  // By hand: candle, oil, arc lamp are on the front; gas costs what oil does and is worth less; the torch loses to both.
  const [candle, oil, gas, torch, arc] = [lamp(1, 2), lamp(3, 5), lamp(3, 4), lamp(4, 1), lamp(9, 6)];
  expect(findDominators([arc, torch, gas, oil, candle])).toEqual([null, 4, 3, null, null]);
});

test('twins do not dominate each other, and one alone is the front', () => {
  expect(findDominators([lamp(1, 1), lamp(1, 1)])).toEqual([null, null]);
  expect(findDominators([lamp(0, 0)])).toEqual([null]);
  expect(findDominators([])).toEqual([]);
});

test('some item is always on the front, and nothing on it is beaten', () => {
  const item = fc.record({ cost: fc.integer({ min: 0, max: 5 }), worth: fc.integer({ min: 0, max: 5 }) });
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 12 }), (items) => {
      const found = findDominators(items);
      expect(found).toContain(null);
      for (const [at, dominator] of found.entries()) {
        const own = items[at]!;
        const isBeaten = items.some(
          ({ cost, worth }) => cost <= own.cost && worth >= own.worth && (cost !== own.cost || worth !== own.worth),
        );
        expect(dominator !== null).toBe(isBeaten);
        if (dominator !== null) expect(found[dominator]).toBe(null);
      }
    }),
  );
});
