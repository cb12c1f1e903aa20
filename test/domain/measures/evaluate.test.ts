import { describe, expect, test } from 'vitest';
import {
  evaluateRankings,
  isMeasure,
  normalizeId,
  parseMeasure,
  readQrels,
  renameQrels,
  type EvaluationRules,
  type Measure,
} from '../../../domain/measures/index.ts';

function take(name: string): Measure {
  const measure = parseMeasure(name);
  if (!isMeasure(measure)) throw new Error(`${name} ${measure.reason}`);
  return measure;
}

const RULES: EvaluationRules = { relevanceLevel: 1, isJudgedOnly: false, mostDocs: null, isComplete: true, countsHopeless: false };
const TREC = { isComplete: false, countsHopeless: true };

/** 1 has two relevant documents, 2 has one and no ranking, 3 has none; 4 was never judged. */
const QRELS = readQrels('1 0 boat 1\n1 0 quay 2\n1 0 mill 0\n2 0 brook 1\n3 0 hill -1\n', 'qrels');
const RANKINGS = new Map([
  ['1', ['boat', 'shed', 'quay']],
  ['3', ['hill']],
  ['4', ['boat']],
]);

const measure = (name: string, rules: Partial<EvaluationRules> = {}) =>
  evaluateRankings(QRELS, RANKINGS, [take(name)], { ...RULES, ...rules });

describe('which queries count', () => {
  test('every judged one, a missing one as 0; those without a relevant document are left out and listed', () => {
    const { counted, missing, zeroRelevant, unjudged, values } = measure('R@5');
    expect({ counted, missing, zeroRelevant, unjudged }).toEqual({
      counted: ['1', '2'],
      missing: ['2'],
      zeroRelevant: ['3'],
      unjudged: ['4'],
    });
    expect(values).toEqual([0.5]);
  });

  test('of both files, as trec_eval does: 1, and 3 with 0', () => {
    expect(measure('R@5', TREC)).toMatchObject({ counted: ['1', '3'], values: [0.5] });
  });

  test('trec_eval -c: every judged one, with 0 for 2 and 3', () => {
    expect(measure('R@5', { ...TREC, isComplete: true }).values[0]).toBeCloseTo(1 / 3, 12);
    expect(measure('num_q', { ...TREC, isComplete: true }).values).toEqual([3]);
  });

  test('none: null', () => {
    expect(evaluateRankings(QRELS, new Map(), [take('MAP')], { ...RULES, ...TREC }).values).toEqual([null]);
  });
});

describe('what is looked at', () => {
  test('the divisor of precision is k, also for a shorter list', () => {
    expect(measure('P@5').perQuery[0]!.values).toEqual([2 / 5]);
  });

  test('-l: from grade 2 on', () => {
    expect(measure('MRR', { relevanceLevel: 2 }).perQuery[0]!.values).toEqual([1 / 3]);
  });

  test('-M: the first documents alone', () => {
    expect(measure('num_rel_ret', { mostDocs: 2 }).perQuery[0]!.values).toEqual([1]);
  });

  test('judged only: the shed is taken out, so the quay comes second', () => {
    expect(measure('P@2', { isJudgedOnly: true }).perQuery[0]!.values).toEqual([1]);
  });

  test('a document that stands twice counts at its first place', () => {
    const rankings = new Map([['1', ['boat', 'boat', 'quay']]]);
    const { perQuery } = evaluateRankings(QRELS, rankings, [take('R@2'), take('P@2'), take('num_ret')], RULES);
    expect(perQuery[0]!.values).toEqual([1, 1, 2]);
  });

  test('the ideal of nDCG is that of all judged documents: (1 + 2/2) / (2 + 1/log2 3)', () => {
    expect(measure('nDCG@3').perQuery[0]!.values[0]).toBeCloseTo((1 + 2 / 2) / (2 + 1 / Math.log2(3)), 12);
    expect(measure('nDCG_exp@3').perQuery[0]!.values[0]).toBeCloseTo((1 + 3 / 2) / (3 + 1 / Math.log2(3)), 12);
  });

  test('gm_map: values below 0.00001 count as that, so sqrt(5/6 x 0.00001)', () => {
    expect(measure('gm_map').values[0]).toBeCloseTo(Math.sqrt((5 / 6) * 0.00001), 12);
  });
});

describe('ids', () => {
  test('are compared as they stand, 01 not being 1', () => {
    const { values } = evaluateRankings(readQrels('1 0 boat 1\n', 'qrels'), new Map([['01', ['boat']]]), [take('R@5')], RULES);
    expect(values).toEqual([0]);
  });

  test.each([
    ['007', '7'],
    ['00', '0'],
    ['0', '0'],
    ['0x1', '0x1'],
    ['10', '10'],
    ['default::042', 'default::42'],
  ])('strip-zeros: %s becomes %s', (id, expected) => {
    expect(normalizeId(id, 'strip-zeros')).toBe(expected);
    expect(normalizeId(id, null)).toBe(id);
  });

  test('two that become one are refused', () => {
    const rules = { isSame: false, query: (id: string) => normalizeId(id, 'strip-zeros'), doc: (id: string) => id };
    expect(() => renameQrels(readQrels('1 0 boat 1\n01 0 boat 1\n', 'q'), rules, 'q')).toThrow(/two that become "1"/);
  });
});

describe('names of measures', () => {
  test.each([
    ['P@5', 'P@5', 'P_5'],
    ['precision@5', 'P@5', 'P_5'],
    ['p_5', 'P@5', 'P_5'],
    ['recall_1000', 'R@1000', 'recall_1000'],
    ['ndcg@10', 'nDCG@10', 'ndcg_cut_10'],
    ['ndcg_cut_10', 'nDCG@10', 'ndcg_cut_10'],
    ['NDCG', 'nDCG', 'ndcg'],
    ['map_cut_5', 'MAP@5', 'map_cut_5'],
    ['recip_rank', 'MRR', 'recip_rank'],
    ['mrr@10', 'MRR@10', null],
    ['ndcg_exp@10', 'nDCG_exp@10', null],
    ['iprec_at_recall_0.10', 'iprec_at_recall@0.1', 'iprec_at_recall_0.10'],
    ['gm_map', 'gm_map', 'gm_map'],
  ])('%s is %s, and %s to trec_eval', (text, name, trecName) => {
    expect(parseMeasure(text)).toMatchObject({ name, trecName });
    expect(parseMeasure(name)).toMatchObject({ name, trecName });
  });

  test.each(['elegance', 'P', 'P@0', 'P@1.5', 'R@-1', 'iprec_at_recall_1.5', 'bpref@5', '', 'rbp', 'P@5x'])('%j is none', (text) => {
    expect(parseMeasure(text)).toMatchObject({ text, reason: expect.stringMatching(/./) });
  });
});
