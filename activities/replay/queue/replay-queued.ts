import { OverBudgetError, UsageError } from '../../../domain/shared/errors.ts';
import type { ReplayRun } from '../../../schemas/replay-run.ts';
import type { KeptCalls, PaidCall } from '../../ask-paid.ts';
import type { QueuedReplay } from '../../replay-contract.ts';
import { replayTask } from '../replay-task.ts';
import type { ReplayPlan } from './plan-queue.ts';
import type { ReplayQueueWorld } from './world.ts';

/** Where a run keeps the row of a task. */
export function rowName(task: number): string {
  return `rows/${task}`;
}

/** Where a run keeps why a task could not be put to a model. */
export function faultName(task: number): string {
  return `faults/${task}`;
}

/**
 * Replays one task of a queue. Its row is kept before it goes to the log, and goes there once: whoever comes after a death finds it in one of the two. A
 * call that was answered is kept, and never made again. Rejects as `replayTask` does, but for the cap and for a task that has no room in the window.
 */
export async function replayQueued(
  world: ReplayQueueWorld,
  { run, tasks, log_bytes: logBytes }: ReplayPlan,
  task: number,
  signal: AbortSignal,
): Promise<QueuedReplay> {
  const { files } = world;
  const { run_id } = run;
  if (files.has(run_id, faultName(task)) || files.has(run_id, loggedName(task))) return { state: 'replayed' };
  try {
    if (!files.has(run_id, rowName(task))) await replay(world, run, tasks[task]!.task, task, signal);
  } catch (error) {
    if (error instanceof OverBudgetError) return { state: 'over_budget' };
    if (!(error instanceof UsageError)) throw error;
    files.write(run_id, faultName(task), { reason: error.message });
    return { state: 'replayed' };
  }
  const row = files.read<ReplayRun>(run_id, rowName(task));
  // Whoever was here before may have died behind the log, or be another attempt that is taken for dead and is not.
  await world.log.append(row, logBytes);
  files.write(run_id, loggedName(task), { replay_id: row.run_id });
  return { state: 'replayed' };
}

function loggedName(task: number): string {
  return `logged/${task}`;
}

async function replay(world: ReplayQueueWorld, run: ReplayPlan['run'], task: string, number: number, signal: AbortSignal): Promise<void> {
  const { choices } = run;
  // Before any work that would disturb the bench on its machine, and be for nothing.
  world.requireFreeServer(run, choices.model);
  const runId = `${run.run_id}-${number + 1}`;
  const asked = { kept: keptBy(world.files, run.run_id), budget: world.budget(run), scope: runId };
  await replayTask(
    { ...world.replay, append: async (row) => world.files.write(run.run_id, rowName(number), row) },
    {
      runId,
      task,
      retriever: choices.retriever,
      topK: choices.top_k,
      corpus: await world.corpus(run),
      model: await world.model(run, choices.model, asked),
      escalateTo: choices.escalate_to === null ? null : await world.model(run, choices.escalate_to, asked),
      grounding: choices.grounding,
    },
    signal,
  );
}

function keptBy(files: ReplayQueueWorld['files'], runId: string): KeptCalls {
  const nameOf = (key: string): string => `calls/${key}`;
  return {
    find: (key) => (files.has(runId, nameOf(key)) ? files.read<PaidCall>(runId, nameOf(key)) : undefined),
    keep: (key, call) => files.write(runId, nameOf(key), call),
  };
}
