import { sumUsd } from '../../domain/cost/index.ts';
import { isRetried, reportRun } from '../../domain/longmemeval/index.ts';
import { WorkspaceError } from '../../domain/shared/errors.ts';
import { longMemEvalReadRowSchema, type LongMemEvalReadRow } from '../../schemas/longmemeval-rows.ts';
import type { LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import type { LongMemEvalBatch, LongMemEvalResult, LongMemEvalRun } from '../eval-contract.ts';
import { batchName } from './ask-batch.ts';
import { QUESTIONS_PER_BATCH, type WrittenPlan } from './plan.ts';
import type { LongMemEvalWorld } from './world.ts';

/** Appends what a batch has come to so far; nothing where it has not begun, or where the rows go to the caller alone. */
export function appendBatch({ files }: LongMemEvalWorld, { run, batch }: LongMemEvalBatch): void {
  if (run.output === null || !files.has(run.run_id, batchName(batch))) return;
  refuseForeignOutput(files, run.output, run.run_id);
  files.appendHypotheses(run.output, files.readLines(run.run_id, batchName(batch)));
}

function refuseForeignOutput(files: LongMemEvalWorld['files'], output: string, runId: string): void {
  if (files.isOutputOf(output, runId)) return;
  throw new WorkspaceError(
    `writing the rows of ${runId}: expected its file to be its own, found that a later run has taken it.`,
    'Give each run a file of its own with --output.',
  );
}

/** Puts the whole file in the order of the dataset, with its summary last where that was asked for, and says how the run did. A run ends once. */
export async function endLongMemEval(world: LongMemEvalWorld, run: LongMemEvalRun): Promise<LongMemEvalResult> {
  const { files, clock } = world;
  const { run_id, settings } = run;
  if (!files.has(run_id, 'report')) {
    const plan = files.read<WrittenPlan>(run_id, 'plan');
    const rows = inOrder(plan.order, [...files.readLines(run_id, 'kept'), ...newRows(files, run_id, plan)].map(readRow));
    const report = reportRun(
      rows.map(({ row }) => row),
      settings,
      {
        run_id,
        dataset: { name: run.dataset.name, sha256: run.dataset.sha256, questions: plan.order.length },
        reused: plan.reused,
        cost: await costOf(world, run),
        notices: [...plan.notices],
        output: run.output,
        started_at: run.started_at,
        finished_at: clock.now(),
        code: run.code,
      },
    );
    const lines = [...rows.map(({ text }) => text), ...(settings.by_type ? [JSON.stringify(report.summary)] : [])];
    files.writeLines(run_id, 'hypotheses', lines);
    if (run.output !== null) {
      refuseForeignOutput(files, run.output, run_id);
      files.writeHypotheses(run.output, lines);
    }
    files.write(run_id, 'report', report);
  }
  const { verdict } = files.read<LongMemEvalReport>(run_id, 'report');
  // A question that is done again may have been answered already, and only its judge was not paid for.
  const calls = files.readLines(run_id, 'hypotheses').some((text) => isRetriedLine(text));
  files.tidy(run_id, { calls });
  return { run_id, verdict, exit_code: EXIT_CODES[verdict] };
}

/** Settled by the ledger, for all runs that share the budgets of this one; what replies cost that nobody got is part of it. */
async function costOf(world: LongMemEvalWorld, run: LongMemEvalRun): Promise<LongMemEvalReport['cost']> {
  const { retrieval, answers, estimated_usd, cost } = run.budget;
  const frames = retrieval.run_id === answers.run_id ? (['answers'] as const) : (['retrieval', 'answers'] as const);
  const spent = await Promise.all(frames.map((what) => world.budget(run, what).spentUsd()));
  return { estimated_usd, settled_usd: sumUsd(spent), cap_usd: answers.cap_usd, price_table: cost.version };
}

function isRetriedLine(text: string): boolean {
  const { success, data } = longMemEvalReadRowSchema.safeParse(JSON.parse(text));
  return success && isRetried(data);
}

const EXIT_CODES = { accepted: 0, floor_missed: 1, invalid: 2, degraded: 2, over_budget: 2 } as const;

interface ReadRow {
  readonly text: string;
  readonly row: LongMemEvalReadRow;
}

function newRows(files: LongMemEvalWorld['files'], runId: string, { pending }: WrittenPlan): string[] {
  const batches = Array.from({ length: Math.ceil(pending.length / QUESTIONS_PER_BATCH) }, (_, batch) => batchName(batch));
  return batches.flatMap((name) => (files.has(runId, name) ? files.readLines(runId, name) : []));
}

function readRow(text: string): ReadRow {
  return { text, row: longMemEvalReadRowSchema.parse(JSON.parse(text)) };
}

/** Rows of questions that this run does not ask, from the resumed file, come first. */
function inOrder(order: readonly string[], rows: readonly ReadRow[]): ReadRow[] {
  const places = new Map(order.map((id, at) => [id, at]));
  const placeOf = ({ row }: ReadRow): number => places.get(row.question_id) ?? -1;
  return rows.toSorted((left, right) => placeOf(left) - placeOf(right));
}
