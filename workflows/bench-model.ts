import { ActivityCancellationType, ActivityFailure, continueAsNew, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { BenchRunInput } from '../activities/bench-contract.ts';
import { longestBatchMs, modelSteps, timeLeftMs, type ModelPlan, type ModelStep } from '../domain/bench-steps/index.ts';
import { BENCH_PROFILES, STEPS_PER_HISTORY } from '../temporal.config.ts';
import { benchActivities, isDeathOfWorker, MOST_DEATHS, tellFailure } from './bench-activities.ts';

/** One model inside a run. */
export interface BenchModelInput {
  readonly run: BenchRunInput;
  readonly model: string;
  readonly plan: ModelPlan;
  /** When the pause must be over; null when nothing is paused. */
  readonly deadline: string | null;
  /** Step that an earlier part of this pass stopped before. */
  readonly at?: number;
  /** Fewer than usual where a test looks at continue-as-new. */
  readonly steps_per_history?: number;
}

/** How the measured work on a model ended. */
export interface BenchModelResult {
  readonly ended: 'done' | 'deadline' | 'failed';
  readonly error?: { readonly step: string; readonly type: string; readonly error: string };
}

/** The measured work on one model: warm-up, main pass, index, retrieval, repeats, between two looks at its card. */
export async function benchModel(input: BenchModelInput): Promise<BenchModelResult> {
  const steps = modelSteps(input.plan);
  const endOfHistory = (input.at ?? 0) + (input.steps_per_history ?? STEPS_PER_HISTORY);
  let deaths = 0;
  for (let at = input.at ?? 0; at < steps.length; at += 1) {
    const step = steps[at]!;
    const left = input.deadline === null ? undefined : timeLeftMs(input.deadline, Date.now());
    // A batch that is begun must be able to end: production is not kept paused for a model that hangs.
    if (left !== undefined && left < leastTimeFor(step, input)) return { ended: 'deadline' };
    if (at === endOfHistory || workflowInfo().continueAsNewSuggested) await continueAsNew<typeof benchModel>({ ...input, at });
    try {
      await doStep(step, input, left);
    } catch (error) {
      if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
      if (input.deadline !== null && timeLeftMs(input.deadline, Date.now()) === 0) return { ended: 'deadline' };
      // Attempts that died with their worker are no failures of the model. What they had finished is kept.
      if (isDeathOfWorker(error) && deaths < MOST_DEATHS) {
        deaths += 1;
        at -= 1;
        continue;
      }
      return { ended: 'failed', error: { step: step.step, ...tellFailure(error) } };
    }
  }
  return { ended: 'done' };
}

function leastTimeFor(step: ModelStep, { run }: BenchModelInput): number {
  return step.step === 'call_batch' ? longestBatchMs(step.calls, run.settings.call_timeout_ms) : 0;
}

async function doStep(step: ModelStep, { run, model }: BenchModelInput, left: number | undefined): Promise<void> {
  // All retries together end before production must run again.
  const limit = left === undefined ? {} : { scheduleToCloseTimeout: Math.max(1, left) };
  // Production is not resumed beside a call that still runs: a cancelled step ends after its current call.
  const inSlot = { taskQueue: run.slot_queue, cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED, ...limit };
  switch (step.step) {
    case 'read_card':
      return benchActivities(run, { ...BENCH_PROFILES.model, ...inSlot }).readCard({ run, model, when: step.when });
    case 'call_batch': {
      const startToCloseTimeout = longestBatchMs(step.calls, run.settings.call_timeout_ms);
      const { callBatch } = benchActivities(run, { ...BENCH_PROFILES.batch, startToCloseTimeout, ...inSlot });
      await callBatch({ run, model, purpose: step.purpose, batch: step.batch });
      return;
    }
    case 'embed_outputs':
      return benchActivities(run, { ...BENCH_PROFILES.score, ...inSlot }).embedOutputs({ run, model });
    case 'embed_repeats':
      return benchActivities(run, { ...BENCH_PROFILES.score, ...inSlot }).embedRepeats({ run, model });
    case 'score_retrieval':
      return benchActivities(run, { ...BENCH_PROFILES.score, ...inSlot }).scoreRetrieval({ run, model });
  }
}
