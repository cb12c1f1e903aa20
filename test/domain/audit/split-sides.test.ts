import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { SplitSides } from '../../../domain/audit/index.ts';
import { SPLITS } from '../../../schemas/vocabulary.ts';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

test('a key stays on the side it was first seen on', () => {
  const sides = new SplitSides();
  expect(sides.add(digestOf('When is low tide?'), 'train')).toBeUndefined();
  expect(sides.add(digestOf('When is low tide?'), 'train')).toBeUndefined();
  expect(sides.add(digestOf('When is low tide?'), 'test')).toBe('train');
  expect(sides.add(digestOf('When is high tide?'), 'test')).toBeUndefined();
});

test('many keys are all remembered', () => {
  const sides = new SplitSides();
  const keys = Array.from({ length: 20_000 }, (_, number) => digestOf(`berth ${number}`));
  for (const [number, key] of keys.entries()) expect(sides.add(key, SPLITS[number % 3]!)).toBeUndefined();
  for (const [number, key] of keys.entries()) {
    expect(sides.add(key, SPLITS[number % 3]!)).toBeUndefined();
    expect(sides.add(key, SPLITS[(number + 1) % 3]!)).toBe(SPLITS[number % 3]);
  }
});
