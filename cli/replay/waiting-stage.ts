import { openSlot } from '../../adapters/bench/slot.ts';
import type { ReplayQueueRun } from '../../activities/replay-contract.ts';
import { servedModelOf } from '../../worker/inputs/replay-model.ts';

/** What is shown of replays that wait for a bench: which one has the server of their model. Undefined when they wait for none. */
export function waitingStage(workspace: string, { settings, choices }: Pick<ReplayQueueRun, 'settings' | 'choices'>): string | undefined {
  const served = servedModelOf(settings, choices.model);
  const holder = served === undefined ? undefined : openSlot(workspace, served.base_url).holder();
  return holder === undefined ? undefined : `waiting for ${holder.owner ?? 'a bench'}, which has ${holder.url}`;
}
