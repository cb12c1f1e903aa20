import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import {
  evaluateRankings,
  isMeasure,
  parseMeasure,
  rankDocs,
  type EvaluationRules,
  type Measure,
  type Qrels,
} from '../../../domain/measures/index.ts';
import { fc } from '../../support/fast-check.ts';
import { add, divide, fraction, log2, sum, toNumber, ZERO, type Fraction } from './exact.ts';

// The definitions once more, in whole numbers: shorter, slower, and nothing of theirs is rounded.

interface Case {
  readonly grades: ReadonlyMap<string, number>;
  readonly scores: ReadonlyMap<string, number>;
  readonly relevanceLevel: number;
  readonly isJudgedOnly: boolean;
  readonly k: number;
}

/** Umlauts and a letter beyond the first plane, so that bytes and UTF-16 units order them differently. */
const DOCS = ['boat', 'quay', 'mill', 'brook', 'über', 'zürich', '\u{10348}', '\uffee', 'a', 'B', '01', '1'];
const grade = fc.integer({ min: -2, max: 4 });
const judgments = fc.uniqueArray(fc.tuple(fc.constantFrom(...DOCS), grade), { selector: ([doc]) => doc, minLength: 1 });
const ranking = fc.uniqueArray(fc.tuple(fc.constantFrom(...DOCS), fc.integer({ min: 0, max: 3 })), { selector: ([doc]) => doc });
const cases = fc.record({
  grades: judgments.map((pairs) => new Map(pairs)),
  scores: ranking.map((pairs) => new Map(pairs)),
  relevanceLevel: fc.integer({ min: 1, max: 3 }),
  isJudgedOnly: fc.boolean(),
  k: fc.integer({ min: 1, max: 14 }),
});

function rankExactly({ scores, grades, isJudgedOnly }: Case): string[] {
  return [...scores]
    .sort(([leftId, left], [rightId, right]) => right - left || Buffer.compare(Buffer.from(rightId), Buffer.from(leftId)))
    .map(([doc]) => doc)
    .filter((doc) => !isJudgedOnly || grades.has(doc));
}

type Definition = (given: Case, docs: readonly string[]) => Fraction;

const isRelevant = ({ grades, relevanceLevel }: Case, doc: string): boolean => (grades.get(doc) ?? 0) >= relevanceLevel;
const countRelevant = ({ grades, relevanceLevel }: Case): number => [...grades.values()].filter((value) => value >= relevanceLevel).length;
const hitsIn = (given: Case, docs: readonly string[]): number => docs.filter((doc) => isRelevant(given, doc)).length;
const gainsOf = (given: Case, docs: readonly string[]): number[] => docs.map((doc) => Math.max(0, given.grades.get(doc) ?? 0));
const discounted = (gains: readonly number[]): Fraction => sum(gains.map((gain, place) => divide(fraction(gain), log2(place + 2))));
const ideal = ({ grades }: Case): number[] => [...grades.values()].map((value) => Math.max(0, value)).sort((left, right) => right - left);
const twoTo = (gain: number): number => 2 ** gain - 1;

function averagePrecision(given: Case, docs: readonly string[]): Fraction {
  const terms = docs.map((doc, place) => (isRelevant(given, doc) ? fraction(hitsIn(given, docs.slice(0, place + 1)), place + 1) : ZERO));
  return divide(sum(terms), fraction(countRelevant(given)));
}

function reciprocalRank(given: Case, docs: readonly string[]): Fraction {
  const place = docs.findIndex((doc) => isRelevant(given, doc));
  return place < 0 ? ZERO : fraction(1, place + 1);
}

function preference(given: Case, docs: readonly string[]): Fraction {
  const isMiss = (value: number | undefined): boolean => value !== undefined && value >= 0 && value < given.relevanceLevel;
  const relevant = countRelevant(given);
  const misses = [...given.grades.values()].filter(isMiss).length;
  const terms = docs.map((doc, place) => {
    if (!isRelevant(given, doc)) return ZERO;
    const above = docs.slice(0, place).filter((other) => isMiss(given.grades.get(other))).length;
    return above === 0 ? fraction(1) : add(fraction(1), fraction(-Math.min(above, relevant), Math.min(misses, relevant)));
  });
  return divide(sum(terms), fraction(relevant));
}

const DEFINITIONS: Readonly<Record<string, Definition>> = {
  'P@k': (given, docs) => fraction(hitsIn(given, docs.slice(0, given.k)), given.k),
  'R@k': (given, docs) => divide(fraction(hitsIn(given, docs.slice(0, given.k))), fraction(countRelevant(given))),
  'hit@k': (given, docs) => fraction(hitsIn(given, docs.slice(0, given.k)) > 0 ? 1 : 0),
  MRR: reciprocalRank,
  'MRR@k': (given, docs) => reciprocalRank(given, docs.slice(0, given.k)),
  MAP: averagePrecision,
  'MAP@k': (given, docs) => averagePrecision(given, docs.slice(0, given.k)),
  Rprec: (given, docs) => divide(fraction(hitsIn(given, docs.slice(0, countRelevant(given)))), fraction(countRelevant(given))),
  bpref: preference,
  nDCG: (given, docs) => divide(discounted(gainsOf(given, docs)), discounted(ideal(given))),
  'nDCG@k': (given, docs) => divide(discounted(gainsOf(given, docs.slice(0, given.k))), discounted(ideal(given).slice(0, given.k))),
  'nDCG_exp@k': (given, docs) =>
    divide(discounted(gainsOf(given, docs.slice(0, given.k)).map(twoTo)), discounted(ideal(given).slice(0, given.k).map(twoTo))),
  num_ret: (_, docs) => fraction(docs.length),
  num_rel: (given) => fraction(countRelevant(given)),
  num_rel_ret: (given, docs) => fraction(hitsIn(given, docs)),
};

function take(name: string, k: number): Measure {
  const measure = parseMeasure(name.replace('@k', `@${k}`));
  if (!isMeasure(measure)) throw new Error(`${name} ${measure.reason}`);
  return measure;
}

function evaluate({ grades, scores, relevanceLevel, isJudgedOnly, k }: Case, names: readonly string[], rank = rankDocs) {
  const query = { id: 'q', query: null, label: null, embeddingDim: null, grades, expectedTop1: null };
  const qrels: Qrels = { form: 'trec', queries: [query] };
  const rules: EvaluationRules = { relevanceLevel, isJudgedOnly, mostDocs: null, isComplete: true, countsHopeless: true };
  const measures = names.map((name) => take(name, k));
  return evaluateRankings(qrels, new Map([['q', rank(scores)]]), measures, rules).values;
}

test('every measure agrees with its definition in exact arithmetic to 1e-9: ties, negative grades, documents missing and not judged', () => {
  const names = Object.keys(DEFINITIONS);
  fc.assert(
    fc.property(cases, (given) => {
      const values = evaluate(given, names);
      const docs = rankExactly(given);
      for (const [at, name] of names.entries()) {
        expect(Math.abs(values[at]! - toNumber(DEFINITIONS[name]!(given, docs))), name).toBeLessThan(1e-9);
      }
    }),
    { numRuns: 500 },
  );
});

test('the means over queries agree, too, and every value lies from 0 to 1', () => {
  const names = ['P@k', 'R@k', 'MRR', 'MAP', 'Rprec', 'bpref', 'nDCG@k'];
  fc.assert(
    fc.property(fc.array(cases, { minLength: 1, maxLength: 6 }), (several) => {
      const level = { relevanceLevel: several[0]!.relevanceLevel, isJudgedOnly: several[0]!.isJudgedOnly, k: several[0]!.k };
      const given = several.map((one) => ({ ...one, ...level }));
      const qrels: Qrels = {
        form: 'trec',
        queries: given.map(({ grades }, at) => ({
          id: `q${at}`,
          query: null,
          label: null,
          embeddingDim: null,
          grades,
          expectedTop1: null,
        })),
      };
      const rankings = new Map(given.map(({ scores }, at) => [`q${at}`, rankDocs(scores)]));
      const rules: EvaluationRules = { ...level, mostDocs: null, isComplete: true, countsHopeless: true };
      const { values } = evaluateRankings(
        qrels,
        rankings,
        names.map((name) => take(name, level.k)),
        rules,
      );
      for (const [at, name] of names.entries()) {
        const exact = sum(given.map((one) => DEFINITIONS[name]!(one, rankExactly(one))));
        expect(Math.abs(values[at]! - toNumber(divide(exact, fraction(given.length)))), name).toBeLessThan(1e-9);
        expect(values[at]).toBeGreaterThanOrEqual(0);
        expect(values[at]).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('ties in another order are noticed', () => {
  const given: Case = {
    grades: new Map([['quay', 1]]),
    scores: new Map([
      ['boat', 1],
      ['quay', 1],
    ]),
    relevanceLevel: 1,
    isJudgedOnly: false,
    k: 1,
  };
  expect(evaluate(given, ['P@k'])).toEqual([1]);
  expect(evaluate(given, ['P@k'], (scores) => rankDocs(scores).toReversed())).toEqual([0]);
});
