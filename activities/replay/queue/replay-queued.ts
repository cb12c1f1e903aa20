import { OverBudgetError, SourceChangedError, UsageError } from '../../../domain/shared/errors.ts';
import type { ReplayRun } from '../../../schemas/replay-run.ts';
import type { KeptCalls, PaidCall } from '../../ask-paid.ts';
import type { QueuedReplay } from '../../replay-contract.ts';
import { replayTask } from '../replay-task.ts';
import type { Corpus } from '../replay-world.ts';
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
export async function replayQueued(world: ReplayQueueWorld, plan: ReplayPlan, task: number, signal: AbortSignal): Promise<QueuedReplay> {
  const { files } = world;
  const { run, log_bytes: logBytes } = plan;
  const { run_id } = run;
  if (files.has(run_id, faultName(task)) || files.has(run_id, loggedName(task))) return { state: 'replayed' };
  try {
    if (!files.has(run_id, rowName(task))) await replay(world, plan, task, signal);
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

async function replay(world: ReplayQueueWorld, { run, tasks, corpus }: ReplayPlan, number: number, signal: AbortSignal): Promise<void> {
  const { choices } = run;
  // Before any work that would disturb the bench on its machine, and be for nothing.
  world.requireFreeServer(run, choices.model);
  const runId = `${run.run_id}-${number + 1}`;
  const asked = { kept: keptBy(world.files, run.run_id), budget: world.budget(run), scope: runId };
  await replayTask(
    { ...world.replay, append: async (row) => world.files.write(run.run_id, rowName(number), row) },
    {
      runId,
      task: tasks[number]!.task,
      retriever: choices.retriever,
      topK: choices.top_k,
      corpus: await sameCorpus(world, run, corpus),
      model: await world.model(run, choices.model, asked),
      escalateTo: choices.escalate_to === null ? null : await world.model(run, choices.escalate_to, asked),
      grounding: choices.grounding,
    },
    signal,
  );
}

/** The playbooks of the plan, however often a worker begins anew. SourceChangedError when they are not what they were. */
async function sameCorpus(world: ReplayQueueWorld, run: ReplayPlan['run'], planned: ReplayPlan['corpus']): Promise<Corpus | null> {
  const opened = await world.corpus(run, planned?.runId ?? undefined);
  if (opened === null || planned === undefined || planned === null || opened.sha256 === planned.sha256) return opened;
  throw new SourceChangedError(
    `reading playbooks, for ${run.run_id}: expected sha256 ${planned.sha256}, found ${opened.sha256}.`,
    'Leave them as they are while they are worked with, and run the command again.',
  );
}

function keptBy(files: ReplayQueueWorld['files'], runId: string): KeptCalls {
  const nameOf = (key: string): string => `calls/${key}`;
  return {
    find: (key) => (files.has(runId, nameOf(key)) ? files.read<PaidCall>(runId, nameOf(key)) : undefined),
    keep: (key, call) => files.write(runId, nameOf(key), call),
  };
}
