import { writeErrorRow } from '../../domain/longmemeval/index.ts';
import { LauterError, OverBudgetError, RetrieverError } from '../../domain/shared/errors.ts';
import { cut } from '../../domain/shared/text.ts';
import { longMemEvalQuestionSchema, type LongMemEvalQuestion } from '../../schemas/longmemeval-question.ts';
import type { LongMemEvalErrorRow, LongMemEvalRow } from '../../schemas/longmemeval-rows.ts';
import type { LongMemEvalBatch, LongMemEvalRun } from '../eval-contract.ts';
import type { Attempt } from '../ports.ts';
import { stopSignal } from '../stop-signal.ts';
import { askQuestion } from './ask-question.ts';
import { QUESTIONS_PER_BATCH, type PlannedQuestion, type WrittenPlan } from './plan.ts';
import type { RunEngine } from './run-engine.ts';
import type { LongMemEvalWorld } from './world.ts';

/** Name of the list of rows that a batch has come to. */
export function batchName(batch: number): string {
  return `batch-${String(batch).padStart(5, '0')}`;
}

/** Does the questions of a batch, one after the other. What was done before the attempt is stopped is kept. */
export async function askBatch(
  world: LongMemEvalWorld,
  { run, batch }: LongMemEvalBatch,
  attempt: Attempt,
  engineOf: (run: LongMemEvalRun) => Promise<RunEngine>,
): Promise<{ rows: number }> {
  const { files } = world;
  const plan = files.read<WrittenPlan>(run.run_id, 'plan');
  const planned = plan.pending.slice(batch * QUESTIONS_PER_BATCH, (batch + 1) * QUESTIONS_PER_BATCH);
  const lines = files.has(run.run_id, batchName(batch)) ? files.readLines(run.run_id, batchName(batch)) : [];
  if (lines.length === planned.length) return { rows: lines.length };
  const engine = await engineOf(run);
  const stop = stopSignal(attempt);
  try {
    for (const question of planned.slice(lines.length)) {
      attempt.throwIfStopped();
      lines.push(JSON.stringify(await rowOf(world, run, plan, question, engine, stop.signal)));
      attempt.report(lines.length);
    }
  } finally {
    stop.end();
    files.writeLines(run.run_id, batchName(batch), lines);
  }
  return { rows: lines.length };
}

async function rowOf(
  world: LongMemEvalWorld,
  run: LongMemEvalRun,
  { path, earlier }: WrittenPlan,
  { question_id, ...place }: PlannedQuestion,
  engine: RunEngine,
  signal: AbortSignal,
): Promise<LongMemEvalRow | LongMemEvalErrorRow> {
  const value = world.files.readQuestion(path, place);
  const { data: question, error } = longMemEvalQuestionSchema.safeParse(value);
  if (question === undefined || question.question_id !== question_id) {
    const issue = error?.issues[0];
    const where = issue === undefined ? 'question_id' : issue.path.join('.');
    return writeErrorRow(namedParts(question_id, value), 'malformed', `the question does not have the form of the dataset, at ${where}`);
  }
  try {
    return await askQuestion(world, run, question, { ...engine, earlier, signal });
  } catch (failure) {
    signal.throwIfAborted();
    return errorRow(question, failure);
  }
}

function namedParts(question_id: string, value: unknown): Pick<LongMemEvalQuestion, 'question_id' | 'question' | 'question_type'> {
  const { question, question_type: type } = (value ?? {}) as { question?: unknown; question_type?: unknown };
  return {
    question_id,
    question: typeof question === 'string' ? question : '',
    question_type: typeof type === 'string' ? type : 'unknown',
  };
}

const LONGEST_ERROR = 300;

/** The row of a question that failed or is not paid for. What every question would fail with is no row: it ends the run. */
function errorRow(question: LongMemEvalQuestion, failure: unknown): LongMemEvalErrorRow {
  if (failure instanceof OverBudgetError) return writeErrorRow(question, 'skipped_budget', failure.message);
  if (failure instanceof RetrieverError) return writeErrorRow(question, 'system_failure', failure.message);
  if (failure instanceof LauterError) throw failure;
  const message = failure instanceof Error ? failure.message : String(failure);
  return writeErrorRow(question, 'harness_error', cut(message, LONGEST_ERROR));
}
