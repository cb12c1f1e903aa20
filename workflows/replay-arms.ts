import { executeChild, proxyActivities } from '@temporalio/workflow';
import type { ReplayArmsActivities, ReplayArmsResult, ReplayArmsRun } from '../activities/replay-arms-contract.ts';
import { EVAL_PROFILES, HEARTBEAT_TIMEOUT_MS } from '../temporal.config.ts';
import { replayQueue } from './replay-queue.ts';

/** Queue after queue, each a child of its own, then the report. Once the cap is reached no other queue is begun. */
export async function replayArms({ run }: { readonly run: ReplayArmsRun }): Promise<ReplayArmsResult> {
  const { arms, queue } = run;
  for (const { id, choices } of arms) {
    const run_id = `${run.run_id}-${id}`;
    const arm = { ...queue, run_id, choices: { ...queue.choices, ...choices } };
    const { counts } = await executeChild(replayQueue, { workflowId: run_id, args: [{ run: arm }] });
    if (counts.skipped_budget > 0) break;
  }
  const { endArms } = proxyActivities<ReplayArmsActivities>({
    ...EVAL_PROFILES.record,
    heartbeatTimeout: queue.heartbeat_timeout_ms ?? HEARTBEAT_TIMEOUT_MS,
  });
  return endArms(run);
}
