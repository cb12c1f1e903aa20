import type { RecallAtDepth, RecallBlock, Share } from '../../schemas/longmemeval-report.ts';
import { wilsonInterval } from '../stats/wilson.ts';
import type { RowFacts } from './row-facts.ts';

/** Recall of some rows at every depth: all gold, any gold and the mean share of it, side by side, over the same rows. */
export function measureRecall(type: string, facts: readonly RowFacts[], depths: readonly number[]): RecallBlock {
  const counted = facts.filter(({ counts }) => counts);
  return {
    type,
    rows: facts.length,
    errors: facts.filter(({ isError }) => isError).length,
    at: depths.map((depth) => recallAt(counted, depth)),
  };
}

/** A share with its interval; nothing of nothing has neither. */
export function shareOf(hit: number, total: number): Share {
  const { lower, upper } = wilsonInterval(hit, total);
  return total === 0 ? { hit, total, rate: null, ci95: null } : { hit, total, rate: hit / total, ci95: [lower, upper] };
}

function recallAt(counted: readonly RowFacts[], k: number): RecallAtDepth {
  const total = counted.length;
  const sum = counted.reduce((found, { score }) => found + (score?.fraction[k] ?? 0), 0);
  return {
    k,
    all: shareOf(counted.filter(({ score }) => score?.all[k] === true).length, total),
    any: shareOf(counted.filter(({ score }) => score?.any[k] === true).length, total),
    fraction: { sum, total, mean: total === 0 ? null : sum / total },
  };
}
