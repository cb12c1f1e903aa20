import { expect, test } from 'vitest';
import { sampleQuestions } from '../../../domain/suites/index.ts';
import { fc } from '../../support/fast-check.ts';

const QUESTIONS = Array.from({ length: 40 }, (_, at) => `tale-${at}`);

test('a limit that is not below the number of questions takes all of them', () => {
  for (const limit of [null, 40, 41]) expect(sampleQuestions(QUESTIONS, { limit, seed: 42, suite: 'replay' })).toEqual(QUESTIONS);
});

test('as many as the limit says are drawn, each once, in their old order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 0xffff_ffff }), (limit, seed) => {
      const drawn = sampleQuestions(QUESTIONS, { limit, seed, suite: 'replay' });
      expect(drawn).toHaveLength(limit);
      expect(QUESTIONS.filter((question) => drawn.includes(question))).toEqual(drawn);
    }),
  );
});

test('the same seed draws the same; another seed, and another suite, draw others', () => {
  const draw = (seed: number, suite: string) => sampleQuestions(QUESTIONS, { limit: 8, seed, suite });
  expect(draw(42, 'replay')).toEqual(draw(42, 'replay'));
  expect(draw(43, 'replay')).not.toEqual(draw(42, 'replay'));
  expect(draw(42, 'orchard')).not.toEqual(draw(42, 'replay'));
});

test('every question is drawn about as often as any other', () => {
  const times = new Map<string, number>();
  for (let seed = 0; seed < 2_000; seed += 1) {
    for (const question of sampleQuestions(QUESTIONS, { limit: 10, seed, suite: 'replay' }))
      times.set(question, (times.get(question) ?? 0) + 1);
  }
  // 500 expected; five standard deviations of a binomial count (sqrt(2000 * 1/4 * 3/4) = 19.4) to either side.
  for (const question of QUESTIONS) expect(Math.abs((times.get(question) ?? 0) - 500)).toBeLessThan(97);
});
