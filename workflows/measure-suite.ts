import { ActivityCancellationType, continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { CellOfRun, SuitesActivities } from '../activities/suites-contract.ts';
import { BATCHES_PER_HISTORY, EVAL_PROFILES, HEARTBEAT_TIMEOUT_MS } from '../temporal.config.ts';

/** A cell, from the batch that an earlier part of it stopped before. */
export interface MeasureSuiteInput extends CellOfRun {
  readonly batches: number;
  readonly at?: number;
  readonly heartbeat_timeout_ms?: number;
  /** Fewer than usual where a test looks at continue-as-new. */
  readonly batches_per_history?: number;
}

/** The batches of one suite in one mode, one after the other: how long a search takes is measured, too. */
export async function measureSuite(input: MeasureSuiteInput): Promise<void> {
  const { run_id, cell, batches, at = 0, heartbeat_timeout_ms: beatMs = HEARTBEAT_TIMEOUT_MS } = input;
  const { measureBatch } = proxyActivities<SuitesActivities>({
    ...EVAL_PROFILES.batch,
    heartbeatTimeout: beatMs,
    // What was asked before a cancel is kept.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
  const end = Math.min(batches, at + (input.batches_per_history ?? BATCHES_PER_HISTORY));
  let next = at;
  while (next < end && !workflowInfo().continueAsNewSuggested) {
    await measureBatch({ run_id, cell, batch: next });
    next += 1;
  }
  if (next < batches) await continueAsNew<typeof measureSuite>({ ...input, at: next });
}
