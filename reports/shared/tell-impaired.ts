import type { ReplayImpaired } from '../../schemas/replay-measures.ts';
import { formatAmount } from './format.ts';

/** What answers lacked that were asked for with more, a clause for each lack; none where none lacked anything. */
export function tellImpaired({ trimmed, degraded }: ReplayImpaired): string[] {
  return [
    ...(trimmed === 0 ? [] : [`${formatAmount(trimmed, 'answer')} had a bundle that was trimmed to the window`]),
    ...(degraded === 0 ? [] : [`${formatAmount(degraded, 'answer')} had playbooks that were found otherwise than asked for`]),
  ];
}
