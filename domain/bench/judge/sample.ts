import type { Sha256 } from '../../shared/ledger-row.ts';
import { orderBySeed } from '../seeded-order.ts';

/** How many answers a judge reads. */
export const JUDGE_SAMPLE_SIZE = 20;

/** The events whose answers are judged: the same for the same events and seed, in every run of a sweep. All of them when there are fewer than `size`. */
export function sampleForJudge(eventIds: Iterable<string>, seed: number, sha256: Sha256, size = JUDGE_SAMPLE_SIZE): string[] {
  return orderBySeed(eventIds, seed, sha256).slice(0, size);
}
