import { expect, it } from 'vitest';
import { sha256 } from '../../../../adapters/digest.ts';
import { drawEvenly, drawOrder } from '../../../../domain/bench/corpus/draw.ts';

it('orders by sha256 of the seed, one NUL byte and the id', () => {
  // printf '42\0shell-1' | sha256sum
  expect(drawOrder(42, 'shell-1', sha256).slice(0, 12)).toBe('6d440a73cee1');
  expect(drawOrder(7, 'shell-1', sha256).slice(0, 12)).toBe('a349803dc78b');
});

it('takes the first of every group, then the second of those that have one, each round by chance', () => {
  const items = [
    { group: 'rain', order: '3' },
    { group: 'rain', order: '1' },
    { group: 'rain', order: '5' },
    { group: 'snow', order: '9' },
    { group: 'hail', order: '2' },
    { group: 'hail', order: '4' },
  ];
  expect(drawEvenly(items).map(({ order }) => order)).toEqual(['1', '2', '9', '3', '4', '5']);
});
