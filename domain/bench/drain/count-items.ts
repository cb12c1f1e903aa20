import type { ModelSummary } from '../../../schemas/bench-model-summary.ts';
import type { WorkQueue } from './follow-drain.ts';

/** Items of all active queues by state. */
export type ItemCounts = NonNullable<ModelSummary['queue']>;

/** Adds up the active queues. */
export function countItems(queues: readonly WorkQueue[]): ItemCounts {
  const sum = (state: keyof ItemCounts): number => queues.filter(({ active }) => active).reduce((total, queue) => total + queue[state], 0);
  return { pending: sum('pending'), processing: sum('processing'), done: sum('done'), failed: sum('failed'), skipped: sum('skipped') };
}

/** The share of failed items that a model may have. */
export const MAX_FAILED_SHARE = 0.02;

/** Failed items as a share of the finished ones: done, failed and skipped. 0 when nothing is finished. */
export function failedShare({ done, failed, skipped }: ItemCounts): number {
  const finished = done + failed + skipped;
  return finished === 0 ? 0 : failed / finished;
}

/** True when more items failed than a model may have: it then fails by `queue_failed_items`. */
export function hasTooManyFailed(counts: ItemCounts, maxFailedShare = MAX_FAILED_SHARE): boolean {
  return failedShare(counts) > maxFailedShare;
}
