import { averagePrecision, inferredAveragePrecision, reciprocalRank } from './formulas/average-precision.ts';
import { discountedGain, exponentialGain, linearGain, normalizedGain } from './formulas/gain.ts';
import { elevenPointAverage, interpolatedPrecision } from './formulas/interpolated.ts';
import { countHits, precisionAt, precisionAtMultiple, recallAt, relativePrecisionAt, successAt, unjudgedAt } from './formulas/precision.ts';
import { binaryPreference } from './formulas/preference.ts';
import { countNonRelevant, setAveragePrecision, setF, setPrecision, setRecall, setRelativePrecision, utility } from './formulas/set.ts';
import type { JudgedRanking } from './judged-ranking.ts';
import type { MeasureFamily } from './measure-family.ts';

type Compute = MeasureFamily['compute'];
type Rest = Partial<Omit<MeasureFamily, 'name' | 'trec' | 'compute'>>;

/** Every measure there is, by family. */
export const MEASURE_FAMILIES: readonly MeasureFamily[] = [
  atPlace('P', 'P', precisionAt, { also: ['precision'], term: 'precision@k' }),
  atPlace('R', 'recall', recallAt, { also: ['recall'], term: 'recall@k' }),
  atPlace('hit', 'success', successAt, { also: ['success', 'hit_rate'], isBinary: true, term: 'hit@k' }),
  atPlace('hits', null, countHits, { term: 'hits@k' }),
  atPlace('relative_P', 'relative_P', relativePrecisionAt, { term: 'relative_precision@k' }),
  atPlace('unj', 'unj', unjudgedAt, { also: ['unjudged'], term: 'unjudged@k' }),
  toPlace('MRR', 'recip_rank', reciprocalRank, { also: ['recip_rank', 'rr'], term: 'mrr' }),
  toPlace('MAP', 'map', averagePrecision, { also: ['ap', 'map_cut'], term: 'map' }),
  toPlace('nDCG', 'ndcg', (ranking, k) => normalizedGain(ranking, linearGain, k), { also: ['ndcg_cut'], term: 'ndcg@k' }),
  toPlace('nDCG_exp', null, (ranking, k) => normalizedGain(ranking, exponentialGain, k), {
    also: ['ndcg_burges'],
    term: 'ndcg_exp@k',
  }),
  toPlace('DCG', null, (ranking, k) => discountedGain(ranking, linearGain, k), { term: 'dcg@k' }),
  toPlace('DCG_exp', null, (ranking, k) => discountedGain(ranking, exponentialGain, k), { also: ['dcg_burges'], term: 'dcg_exp@k' }),
  whole('Rprec', 'Rprec', (ranking) => precisionAtMultiple(ranking, 1), { also: ['r-precision', 'r_precision'], term: 'r_precision' }),
  family('Rprec_mult', 'Rprec_mult', precisionAtMultiple as Compute, { takes: 'multiple', term: 'r_precision' }),
  family('iprec_at_recall', 'iprec_at_recall', interpolatedPrecision as Compute, {
    also: ['iprec'],
    takes: 'share',
    term: 'interpolated_precision',
  }),
  whole('11pt_avg', '11pt_avg', elevenPointAverage, { term: 'interpolated_precision' }),
  whole('bpref', 'bpref', binaryPreference, { term: 'bpref' }),
  whole('gm_map', 'gm_map', (ranking) => averagePrecision(ranking), { summary: 'geometric mean', term: 'gm_map' }),
  whole('gm_bpref', 'gm_bpref', binaryPreference, { summary: 'geometric mean', term: 'gm_bpref' }),
  whole('infAP', 'infAP', inferredAveragePrecision, { term: 'inferred_average_precision' }),
  whole('set_P', 'set_P', setPrecision, { also: ['setp'], term: 'set_precision' }),
  whole('set_recall', 'set_recall', setRecall, { also: ['setr'], term: 'set_recall' }),
  whole('set_relative_P', 'set_relative_P', setRelativePrecision, { also: ['setrelp'], term: 'set_precision' }),
  whole('set_map', 'set_map', setAveragePrecision, { also: ['setap'], term: 'set_average_precision' }),
  family('set_F', 'set_F', setF, { also: ['setf'], takes: 'multiple', isOptional: true, term: 'set_f' }),
  whole('utility', 'utility', utility, { term: 'utility' }),
  whole('expected_top1', null, ({ isExpectedFirst }) => (isExpectedFirst === null ? null : Number(isExpectedFirst)), {
    isBinary: true,
    term: 'expected_top1_hit_rate',
  }),
  counted('num_q', () => 1, 'num_q'),
  counted('num_ret', ({ grades }) => grades.length, 'num_ret'),
  counted('num_rel', ({ relevant }) => relevant, 'num_rel'),
  counted('num_rel_ret', ({ hits }) => hits.length, 'num_rel_ret'),
  counted('num_nonrel_judged_ret', countNonRelevant, 'num_nonrel_judged_ret'),
];

function family(name: string, trec: string | null, compute: Compute, rest: Rest): MeasureFamily {
  const plain = { also: [], takes: 'nothing', isOptional: false, summary: 'mean', isBinary: false, term: name } as const;
  return { name, trec, compute, ...plain, ...rest };
}

/** Says nothing without a place. */
function atPlace(name: string, trec: string | null, compute: (ranking: JudgedRanking, k: number) => number, rest: Rest): MeasureFamily {
  return family(name, trec, compute as Compute, { takes: 'place', ...rest });
}

/** Looks at the whole ranking, or as far as a place. */
function toPlace(name: string, trec: string | null, compute: Compute, rest: Rest): MeasureFamily {
  return family(name, trec, compute, { takes: 'place', isOptional: true, ...rest });
}

function whole(name: string, trec: string | null, compute: (ranking: JudgedRanking) => number | null, rest: Rest): MeasureFamily {
  return family(name, trec, compute, rest);
}

function counted(name: string, compute: (ranking: JudgedRanking) => number, term: string): MeasureFamily {
  return family(name, name, compute, { summary: 'sum', term });
}
