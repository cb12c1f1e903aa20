import { ActivityCancellationType, continueAsNew, proxyActivities, workflowInfo, type ActivityOptions } from '@temporalio/workflow';
import type { PanelActivities, PanelBatchResult, PanelBatchRun } from '../activities/panel-contract.ts';
import { SharedCap } from '../domain/budget/index.ts';
import { askPanel } from '../domain/panel/index.ts';
import { CALLS_PER_HISTORY, EVAL_PROFILES, HEARTBEAT_TIMEOUT_MS } from '../temporal.config.ts';
import { slideWindow } from './sliding-window.ts';

/** A batch, from the item that an earlier part of it stopped before. */
export interface PanelBatchInput {
  readonly run: PanelBatchRun;
  readonly at?: number;
  /** Fewer than usual where a test looks at continue-as-new. */
  readonly calls_per_history?: number;
}

/** Plan, then item by item all judges side by side, then the summary. Once the cap is reached nothing more is begun. */
export async function panelBatch(input: PanelBatchInput): Promise<PanelBatchResult> {
  const { run, at = 0, calls_per_history: mostCalls = CALLS_PER_HISTORY } = input;
  const { run_id, cycles } = run;
  const judges = run.judges.map(({ id }) => id);
  const { items, labelled } = await activitiesOf(run, EVAL_PROFILES.dataset).planPanel(run);
  const { askJudge } = activitiesOf(run, {
    ...EVAL_PROFILES.call,
    // A call that is going on is paid for: what it brings is kept.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
  const cap = new SharedCap();
  let isOverBudget = false;
  const judge = async (item: number): Promise<void> => {
    const round = { item, cycles: item < labelled ? 1 : cycles, judges, positions: ['scores'] as const };
    const ended = await askPanel(round, (call) => cap.ask(() => askJudge({ run_id, call })));
    if (ended === 'over_budget') isOverBudget = true;
  };
  const most = Math.max(1, Math.floor(mostCalls / (judges.length * cycles)));
  let next = at;
  const mayStart = async (): Promise<boolean> => {
    if (isOverBudget || next === at + most || workflowInfo().continueAsNewSuggested) return false;
    next += 1;
    return true;
  };
  const left = Array.from({ length: items - at }, (_, index) => at + index);
  await slideWindow(left, run.concurrent, judge, mayStart);
  if (next < items && !isOverBudget) await continueAsNew<typeof panelBatch>({ ...input, at: next });
  return activitiesOf(run, EVAL_PROFILES.record).endPanelBatch(run);
}

function activitiesOf({ heartbeat_timeout_ms: beatMs = HEARTBEAT_TIMEOUT_MS }: PanelBatchRun, options: ActivityOptions): PanelActivities {
  return proxyActivities<PanelActivities>({ ...options, heartbeatTimeout: beatMs });
}
