import { formatUsd } from '../../reports/shared/format.ts';
import type { ReplayQueueReport } from '../../schemas/replay-queue.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';
import { tellReasons } from './tell-reasons.ts';

const MOST_TOLD = 20;

/** A queue for people: how many tasks came to what, and why those that did not pass did not. */
export function tellQueue({ run_id, verdict, model, counts, tasks, cost_usd: cost, estimated_usd: estimated }: ReplayQueueReport): string {
  const { passed, refused, unanswered, skipped_budget: skipped, escalated } = counts;
  const others = tasks.filter(({ state }) => state !== 'passed');
  const told = others.slice(0, MOST_TOLD).map(({ id, state, reasons }) => [plain(id), state.replace('_', ', '), tellReasons(reasons)]);
  return [
    textTable(
      ['tasks', 'passed', 'refused', 'unanswered', 'skipped, budget', 'escalated'],
      [[counts.tasks, passed, refused, unanswered, skipped, escalated].map(String)],
    ),
    ...(told.length === 0 ? [] : ['', textTable(['task', 'state', 'why'], told)]),
    ...(others.length > MOST_TOLD ? [`and ${others.length - MOST_TOLD} more: --json tells all`] : []),
    '',
    `by ${plain(model)}; cost: estimated ${formatUsd(estimated)}, settled ${formatUsd(cost)}`,
    `${verdict}  ${run_id}`,
  ].join('\n');
}
