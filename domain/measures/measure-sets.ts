import { isMeasure, parseMeasure } from './parse-measure.ts';
import type { Measure } from './measure-family.ts';

/** Measures of trec_eval that are not computed here, so that nobody has to find out by looking for them. */
export const NOT_COMPUTED = ['runid', 'relstring', 'G', 'binG', 'ndcg_rel', 'Rndcg', 'rbp', 'rbp_resid', 'yaap', 'preferences'] as const;

const CUTS = [5, 10, 15, 20, 30, 100, 200, 500, 1000];
const CURVE = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** What is measured unless something else is asked for. */
export function usualMeasures(k: number): Measure[] {
  return known([`P@${k}`, `R@${k}`, 'MRR', `nDCG@${k}`, 'MAP']);
}

/** What trec_eval prints unless something else is asked for, in its order, but for the name of the run, and nDCG beside. */
export function trecMeasures(): Measure[] {
  return known([
    ...['num_q', 'num_ret', 'num_rel', 'num_rel_ret', 'map', 'gm_map', 'Rprec', 'bpref', 'recip_rank'],
    ...CURVE.map((recall) => `iprec_at_recall_${recall}`),
    ...CUTS.map((k) => `P_${k}`),
    ...CUTS.map((k) => `recall_${k}`),
    'ndcg',
    ...CUTS.map((k) => `ndcg_cut_${k}`),
  ]);
}

function known(names: readonly string[]): Measure[] {
  return names.map((name) => parseMeasure(name)).filter(isMeasure);
}
