import { describe, expect, test } from 'vitest';
import { pairTask, type Contender } from '../../../domain/export/index.ts';
import { contender } from './records.ts';
import { fc } from '../../support/fast-check.ts';

const good = (id: string, changes: Partial<Contender> = {}) => contender(id, { category: 'accepted', value: 1, ...changes });
const partly = (id: string, changes: Partial<Contender> = {}) => contender(id, { category: 'partially_accepted', value: 0.5, ...changes });
const bad = (id: string, changes: Partial<Contender> = {}) => contender(id, { category: 'rejected', value: 0, ...changes });

function outcome(contenders: readonly Contender[], maxPairs = 4) {
  const { pairs, refusals } = pairTask(contenders, maxPairs);
  return {
    pairs: pairs.map(({ chosen_id, rejected_id, reason, margin }) => `${chosen_id} > ${rejected_id} ${reason} ${margin}`),
    refusals: Object.fromEntries(refusals),
  };
}

describe('one pair', () => {
  test('the accepted attempt over the rejected one, by the difference of their values', () => {
    expect(pairTask([bad('b'), good('a')], 4)).toEqual({
      pairs: [{ chosen_id: 'a', rejected_id: 'b', task_key: 'tide-1', cluster: 'tide-1', reason: 'category', margin: 1 }],
      refusals: new Map(),
    });
  });

  test.each<[string, Contender, Contender, string]>([
    ['without values, by the ranks', good('a', { value: null }), bad('b', { value: null }), 'a > b category 2'],
    ['with one value unknown, by the ranks', good('a', { value: null }), bad('b'), 'a > b category 2'],
    ['neighbouring ranks', partly('a', { value: null }), bad('b', { value: null }), 'a > b category 1'],
    ['equal values, other categories', good('a', { value: 0.5 }), partly('b'), 'a > b category 1'],
    ['partly over rejected', partly('a'), bad('b', { value: 0.25 }), 'a > b category 0.25'],
    ['one category, other values', partly('a', { value: 0.75 }), partly('b'), 'a > b truth_value 0.25'],
  ])('%s', (_name, better, worse, expected) => {
    expect(outcome([better, worse])).toEqual({ pairs: [expected], refusals: {} });
    expect(outcome([worse, better])).toEqual({ pairs: [expected], refusals: {} });
  });
});

describe('no pair', () => {
  test.each<[string, readonly Contender[], Readonly<Record<string, string>>]>([
    ['a tie', [good('a'), good('b')], { a: 'tie', b: 'tie' }],
    ['a tie without values', [good('a', { value: null }), good('b', { value: null })], { a: 'tie', b: 'tie' }],
    ['two rejected attempts', [bad('a'), bad('b')], { a: 'tie', b: 'tie' }],
    [
      'two rejected attempts of other values: nothing to choose',
      [bad('a'), bad('b', { value: 0.4 })],
      { a: 'no_counterpart', b: 'no_counterpart' },
    ],
    ['alone', [good('a')], { a: 'no_counterpart' }],
    [
      'category and value speak against each other',
      [good('a', { value: 0.6 }), partly('b', { value: 0.9 })],
      { a: 'no_counterpart', b: 'no_counterpart' },
    ],
    ['identical answers', [good('a', { answer_key: 'x' }), bad('b', { answer_key: 'x' })], { a: 'identical_text', b: 'identical_text' }],
    [
      'other system prompts',
      [good('a'), bad('b', { system_key: 'pilot' })],
      { a: 'different_system_prompt', b: 'different_system_prompt' },
    ],
  ])('%s', (_name, contenders, refusals) => {
    expect(outcome(contenders)).toEqual({ pairs: [], refusals });
  });

  test('nobody, nothing', () => {
    expect(outcome([])).toEqual({ pairs: [], refusals: {} });
  });
});

describe('several attempts', () => {
  test('the widest pairs first', () => {
    const contenders = [good('a'), partly('b'), bad('c')];
    expect(outcome(contenders).pairs).toEqual(['a > c category 1', 'a > b category 0.5', 'b > c category 0.5']);
    expect(outcome(contenders, 1)).toEqual({ pairs: ['a > c category 1'], refusals: { b: 'over_pair_limit' } });
  });

  test('among equals, the best and the worst are used evenly', () => {
    const contenders = [good('a'), good('b'), bad('y'), bad('z')];
    // The worst comes last in the order of ids, so z falls first.
    expect(outcome(contenders, 3)).toEqual({ pairs: ['a > z category 1', 'a > y category 1', 'b > z category 1'], refusals: {} });
  });

  test('attempts with one answer count once', () => {
    const contenders = [good('a', { answer_key: 'x' }), good('b', { answer_key: 'x' }), bad('c'), bad('d', { answer_key: 'answer of c' })];
    expect(outcome(contenders)).toEqual({ pairs: ['a > d category 1'], refusals: { b: 'over_pair_limit', c: 'over_pair_limit' } });
  });

  test('an answer that was accepted once and rejected once does not meet itself, and does not stand in the way', () => {
    const contenders = [good('a', { answer_key: 'x' }), good('b'), bad('c', { answer_key: 'x' })];
    expect(outcome(contenders, 1)).toEqual({ pairs: ['b > c category 1'], refusals: { a: 'identical_text' } });
  });

  test('the limit is one for the whole task, over all system prompts', () => {
    const pilot = { system_key: 'pilot' };
    const contenders = [good('a'), bad('b', { value: 0.2 }), good('c', pilot), bad('d', pilot), partly('e', { system_key: 'cook' })];
    expect(outcome(contenders, 1)).toEqual({
      pairs: ['c > d category 1'],
      refusals: { a: 'over_pair_limit', b: 'over_pair_limit', e: 'different_system_prompt' },
    });
  });

  test('a record that waits for review takes part in nothing', () => {
    expect(outcome([good('a'), contender('r', { category: 'needs_human_review' })])).toEqual({
      pairs: [],
      refusals: { a: 'no_counterpart', r: 'no_counterpart' },
    });
  });
});

describe('whatever the attempts', () => {
  test('pairs are lawful, and who is in none is told why', () => {
    fc.assert(
      fc.property(tasks(anyQuality), fc.integer({ min: 1, max: 5 }), (contenders, maxPairs) => {
        const { pairs, refusals } = pairTask(contenders, maxPairs);
        expect(pairs.length).toBeLessThanOrEqual(maxPairs);
        expect(new Set(pairs.map((pair) => `${pair.chosen_id} ${pair.rejected_id}`)).size).toBe(pairs.length);
        for (const pair of pairs) {
          const [chosen, rejected] = [byId(contenders, pair.chosen_id), byId(contenders, pair.rejected_id)];
          expect(isBetter(chosen, rejected)).toBe(true);
          expect(pair.margin).toBeGreaterThan(0);
          expect(chosen.system_key).toBe(rejected.system_key);
          expect(chosen.answer_key).not.toBe(rejected.answer_key);
        }
        const paired = new Set(pairs.flatMap((pair) => [pair.chosen_id, pair.rejected_id]));
        const unpaired = contenders.filter(({ evidence_id }) => !paired.has(evidence_id));
        expect(Object.fromEntries(refusals)).toEqual(
          Object.fromEntries(unpaired.map((one) => [one.evidence_id, reasonOf(one, contenders)])),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('no wider pair is left out, where category and value agree', () => {
    fc.assert(
      fc.property(tasks(agreeingQuality), fc.integer({ min: 1, max: 5 }), (contenders, maxPairs) => {
        expect(pairTask(contenders, maxPairs).pairs.map(({ margin }) => margin)).toEqual(widestMargins(contenders).slice(0, maxPairs));
      }),
      { numRuns: 500 },
    );
  });

  test('the order in which they come does not matter', () => {
    const shuffled = tasks(anyQuality).chain((task) => fc.tuple(fc.constant(task), fc.shuffledSubarray(task, { minLength: task.length })));
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 5 }), ([contenders, mixed], maxPairs) => {
        expect(outcome(mixed, maxPairs)).toEqual(outcome(contenders, maxPairs));
      }),
    );
  });
});

describe('20,000 attempts at one task', () => {
  const MANY = 20_000;

  test.each<[string, (index: number) => Partial<Contender>]>([
    ['of two categories', (index) => ({ category: index % 2 === 0 ? 'accepted' : 'rejected', value: 1 - (index % 2) })],
    ['each of another value', (index) => ({ category: 'partially_accepted', value: 0.5 + index / (2 * MANY) })],
    ['each with another system prompt', (index) => ({ system_key: `watch ${index}`, category: index % 2 === 0 ? 'accepted' : 'rejected' })],
    ['with one answer', (index) => ({ answer_key: 'x', category: index % 2 === 0 ? 'accepted' : 'rejected' })],
  ])('%s', (_name, changesOf) => {
    // Time that grew with the square of the attempts would end in the time-out of the test.
    const contenders = Array.from({ length: MANY }, (_, index) => contender(`attempt-${index}`, changesOf(index)));
    const { pairs, refusals } = pairTask(contenders, 4);
    expect(refusals.size + new Set(pairs.flatMap((pair) => [pair.chosen_id, pair.rejected_id])).size).toBe(MANY);
  });
});

// ---- the same rules, written down without regard to speed

const RANKS = { accepted: 2, partially_accepted: 1, rejected: 0, needs_human_review: -1 };

function isBetter(left: Contender, right: Contender): boolean {
  const [high, low] = [RANKS[left.category], RANKS[right.category]];
  if (high < 1 || low < 0 || high < low) return false;
  if (left.value === null || right.value === null) return high > low;
  return high > low ? left.value >= right.value : left.value > right.value;
}

function reasonOf(one: Contender, all: readonly Contender[]): string {
  const unequal = all.filter((other) => isBetter(one, other) || isBetter(other, one));
  if (unequal.length === 0) {
    return all.some((other) => other !== one && other.category === one.category && other.value === one.value) ? 'tie' : 'no_counterpart';
  }
  const met = unequal.filter((other) => other.system_key === one.system_key);
  if (met.length === 0) return 'different_system_prompt';
  return met.every((other) => other.answer_key === one.answer_key) ? 'identical_text' : 'over_pair_limit';
}

/** The margins of all lawful pairs, one for two answers under one system prompt, widest first. */
function widestMargins(all: readonly Contender[]): number[] {
  const widest = new Map<string, number>();
  for (const left of all) {
    for (const right of all) {
      if (left.system_key !== right.system_key || left.answer_key === right.answer_key || !isBetter(left, right)) continue;
      const difference = left.value === null || right.value === null ? 0 : left.value - right.value;
      const margin = difference > 0 ? difference : RANKS[left.category] - RANKS[right.category];
      const answers = `${left.system_key}|${left.answer_key}|${right.answer_key}`;
      widest.set(answers, Math.max(widest.get(answers) ?? 0, margin));
    }
  }
  return [...widest.values()].sort((left, right) => right - left);
}

function byId(contenders: readonly Contender[], id: string): Contender {
  return contenders.find((one) => one.evidence_id === id)!;
}

type Quality = Pick<Contender, 'category' | 'value'>;

const anyQuality: fc.Arbitrary<Quality> = fc.record({
  category: fc.constantFrom('accepted', 'partially_accepted', 'rejected', 'needs_human_review'),
  value: fc.constantFrom(null, 0, 0.25, 0.5, 0.75, 1),
});

const agreeingQuality: fc.Arbitrary<Quality> = fc.constantFrom(0, 0.125, 0.25, 0.5, 0.625, 0.75, 1).map((value) => ({
  category: value === 1 ? 'accepted' : value >= 0.5 ? 'partially_accepted' : 'rejected',
  value,
}));

function tasks(quality: fc.Arbitrary<Quality>): fc.Arbitrary<Contender[]> {
  const one = fc.record({ quality, system_key: fc.constantFrom('mate', 'pilot'), answer_key: fc.constantFrom(...'stuvwxyz') });
  return fc
    .array(one, { maxLength: 14 })
    .map((list) => list.map(({ quality, ...rest }, index) => contender(`attempt-${index}`, { ...quality, ...rest })));
}
