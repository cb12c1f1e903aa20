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
  atPlace('P', 'P', precisionAt, { also: ['precision'] }),
  atPlace('R', 'recall', recallAt, { also: ['recall'] }),
  atPlace('hit', 'success', successAt, { also: ['success', 'hit_rate'], isBinary: true }),
  atPlace('hits', null, countHits),
  atPlace('relative_P', 'relative_P', relativePrecisionAt),
  atPlace('unj', 'unj', unjudgedAt, { also: ['unjudged'] }),
  toPlace('MRR', 'recip_rank', reciprocalRank, { also: ['recip_rank', 'rr'] }),
  toPlace('MAP', 'map', averagePrecision, { also: ['ap', 'map_cut'] }),
  toPlace('nDCG', 'ndcg', (ranking, k) => normalizedGain(ranking, linearGain, k), { also: ['ndcg_cut'] }),
  toPlace('nDCG_exp', null, (ranking, k) => normalizedGain(ranking, exponentialGain, k), {
    also: ['ndcg_burges'],
  }),
  toPlace('DCG', null, (ranking, k) => discountedGain(ranking, linearGain, k)),
  toPlace('DCG_exp', null, (ranking, k) => discountedGain(ranking, exponentialGain, k), { also: ['dcg_burges'] }),
  whole('Rprec', 'Rprec', (ranking) => precisionAtMultiple(ranking, 1), { also: ['r-precision', 'r_precision'] }),
  family('Rprec_mult', 'Rprec_mult', precisionAtMultiple as Compute, { takes: 'multiple' }),
  family('iprec_at_recall', 'iprec_at_recall', interpolatedPrecision as Compute, {
    also: ['iprec'],
    takes: 'share',
  }),
  whole('11pt_avg', '11pt_avg', elevenPointAverage),
  whole('bpref', 'bpref', binaryPreference),
  whole('gm_map', 'gm_map', (ranking) => averagePrecision(ranking), { summary: 'geometric mean' }),
  whole('gm_bpref', 'gm_bpref', binaryPreference, { summary: 'geometric mean' }),
  whole('infAP', 'infAP', inferredAveragePrecision),
  whole('set_P', 'set_P', setPrecision, { also: ['setp'] }),
  whole('set_recall', 'set_recall', setRecall, { also: ['setr'] }),
  whole('set_relative_P', 'set_relative_P', setRelativePrecision, { also: ['setrelp'] }),
  whole('set_map', 'set_map', setAveragePrecision, { also: ['setap'] }),
  family('set_F', 'set_F', setF, { also: ['setf'], takes: 'multiple', isOptional: true }),
  whole('utility', 'utility', utility),
  whole('expected_top1', null, ({ isExpectedFirst }) => (isExpectedFirst === null ? null : Number(isExpectedFirst)), {
    isBinary: true,
  }),
  counted('num_q', () => 1),
  counted('num_ret', ({ grades }) => grades.length),
  counted('num_rel', ({ relevant }) => relevant),
  counted('num_rel_ret', ({ hits }) => hits.length),
  counted('num_nonrel_judged_ret', countNonRelevant),
];

function family(name: string, trec: string | null, compute: Compute, rest: Rest = {}): MeasureFamily {
  const plain = { also: [], takes: 'nothing', isOptional: false, summary: 'mean', isBinary: false } as const;
  return { name, trec, compute, ...plain, ...rest };
}

/** Says nothing without a place. */
function atPlace(
  name: string,
  trec: string | null,
  compute: (ranking: JudgedRanking, k: number) => number,
  rest: Rest = {},
): MeasureFamily {
  return family(name, trec, compute as Compute, { takes: 'place', ...rest });
}

/** Looks at the whole ranking, or as far as a place. */
function toPlace(name: string, trec: string | null, compute: Compute, rest: Rest = {}): MeasureFamily {
  return family(name, trec, compute, { takes: 'place', isOptional: true, ...rest });
}

function whole(name: string, trec: string | null, compute: (ranking: JudgedRanking) => number | null, rest: Rest = {}): MeasureFamily {
  return family(name, trec, compute, rest);
}

function counted(name: string, compute: (ranking: JudgedRanking) => number): MeasureFamily {
  return family(name, name, compute, { summary: 'sum' });
}
