import type { PairedComparison } from '../../schemas/paired-comparison.ts';
import { compareFamily, type PairedSample } from '../comparison/index.ts';
import type { Chance } from './estimate-measures.ts';
import type { Evaluation } from './evaluate.ts';

const ALPHA = 0.05;

/**
 * Compares two evaluations of the same queries, measure by measure, query by query, as one family. Sums and geometric means, which have no value of a
 * query, are left out.
 */
export function compareArms(
  a: Evaluation,
  b: Evaluation,
  names: { readonly a: string; readonly b: string },
  chance: Chance,
): PairedComparison[] {
  const samples = a.measures.flatMap(({ name, family }, at): PairedSample[] => {
    if (family.summary !== 'mean') return [];
    return [{ suite: 'qrels', metric: name, armA: names.a, armB: names.b, isBinary: family.isBinary, pairs: pairValues(a, b, at) }];
  });
  return compareFamily(samples, { ...chance, alpha: ALPHA });
}

function pairValues(a: Evaluation, b: Evaluation, at: number): PairedSample['pairs'] {
  const others = new Map(b.perQuery.map(({ id, values }) => [id, values[at] ?? null]));
  return a.perQuery.flatMap(({ id, values }) => {
    const [left, right] = [values[at] ?? null, others.get(id) ?? null];
    return left === null || right === null ? [] : [{ id, a: left, b: right }];
  });
}
