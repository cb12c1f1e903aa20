import { sumUsd } from '../../../domain/cost/index.ts';
import type { ReplayQueueReport } from '../../../schemas/replay-queue.ts';
import type { ReplayRun } from '../../../schemas/replay-run.ts';
import type { ReplayQueueResult, ReplayQueueRun } from '../../replay-contract.ts';
import type { ReplayPlan } from './plan-queue.ts';
import { faultName, rowName } from './replay-queued.ts';
import type { ReplayQueueWorld } from './world.ts';

type TaskOutcome = ReplayQueueReport['tasks'][number];

const EXIT_CODES = { accepted: 0, refused: 1, unfinished: 2 } as const;

/** Counts what all tasks came to, and writes the report. A run ends once: a next attempt says the same. */
export async function endReplays(world: ReplayQueueWorld, run: ReplayQueueRun): Promise<ReplayQueueResult> {
  const { files } = world;
  if (!files.has(run.run_id, 'report')) files.write(run.run_id, 'report', await summarize(world, run));
  const { verdict, counts } = files.read<ReplayQueueReport>(run.run_id, 'report');
  return { run_id: run.run_id, verdict, exit_code: EXIT_CODES[verdict], counts };
}

async function summarize(world: ReplayQueueWorld, run: ReplayQueueRun): Promise<ReplayQueueReport> {
  const { files, replay } = world;
  const { tasks } = files.read<ReplayPlan>(run.run_id, 'plan');
  const rows = tasks.map((_, task) => (files.has(run.run_id, rowName(task)) ? files.read<ReplayRun>(run.run_id, rowName(task)) : null));
  const outcomes = tasks.map(({ id }, task) => outcomeOf(world, run.run_id, { id, task, row: rows[task]! }));
  const count = (state: TaskOutcome['state']): number => outcomes.filter((outcome) => outcome.state === state).length;
  const counts = {
    tasks: tasks.length,
    passed: count('passed'),
    refused: count('refused'),
    unanswered: count('unanswered'),
    skipped_budget: count('skipped_budget'),
    escalated: rows.filter((row) => row?.escalated === true && isAnswered(row)).length,
  };
  return {
    schema: 'replay-queue/1',
    run_id: run.run_id,
    started_at: run.started_at,
    finished_at: replay.clock.now(),
    verdict: counts.unanswered + counts.skipped_budget > 0 ? 'unfinished' : counts.refused > 0 ? 'refused' : 'accepted',
    model: run.choices.model,
    counts,
    estimated_usd: run.budget.estimated_usd,
    cost_usd: sumUsd(rows.map((row) => row?.usage.cost_usd ?? 0)),
    tasks: outcomes,
  };
}

function outcomeOf(
  { files }: ReplayQueueWorld,
  runId: string,
  { id, task, row }: { readonly id: string; readonly task: number; readonly row: ReplayRun | null },
): TaskOutcome {
  if (row !== null) {
    const state = row.gate.passed ? 'passed' : isAnswered(row) ? 'refused' : 'unanswered';
    const failures = row.escalation_path.flatMap(({ failure }) => failure ?? []);
    return { id, state, reasons: state === 'unanswered' ? failures : [...row.gate.reasons], replay_id: row.run_id };
  }
  if (!files.has(runId, faultName(task))) return { id, state: 'skipped_budget', reasons: [], replay_id: null };
  const { reason } = files.read<{ reason: string }>(runId, faultName(task));
  return { id, state: 'unanswered', reasons: [reason], replay_id: null };
}

function isAnswered({ escalation_path: path }: ReplayRun): boolean {
  return path.some(({ failure }) => failure === undefined);
}
