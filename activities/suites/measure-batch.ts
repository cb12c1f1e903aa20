import { frameRow, type QuestionFacts, type RowFrame, type SuiteRow } from '../../domain/suites/index.ts';
import type { Attempt } from '../ports.ts';
import { stopSignal } from '../stop-signal.ts';
import type { CellBatch } from '../suites-contract.ts';
import { askCaptured, askJudged, type CellSearch } from './ask-suite.ts';
import { plannedCell, type JudgedWork, type PlannedCell, type SuitesRunDocument } from './run-document.ts';
import type { SuiteEngines, SuitesWorld } from './world.ts';

/** Questions in one batch: what a kill costs at most, in seconds of searching. */
export const QUESTIONS_PER_BATCH = 16;

/** Name of the list of rows that a batch has come to. */
export function batchName(batch: number): string {
  return `batch-${String(batch).padStart(5, '0')}`;
}

/** Asks the questions of a batch, one after the other. What was asked before the attempt is stopped is kept, and so is what an earlier attempt came to. */
export async function measureBatch(
  { files }: SuitesWorld,
  { run_id, cell: { run_uid }, batch }: CellBatch,
  attempt: Attempt,
  enginesOf: (run: SuitesRunDocument, work: JudgedWork) => Promise<SuiteEngines>,
): Promise<{ rows: number }> {
  const run = files.readRun(run_id);
  const cell = plannedCell(run, run_uid);
  if (cell.work.kind !== 'measure')
    throw new RangeError(`measuring ${run_uid}: expected questions and a collection, found ${cell.work.kind}.`);
  const asks = asksOf(files.readPlan(cell.work.plan)).slice(batch * QUESTIONS_PER_BATCH, (batch + 1) * QUESTIONS_PER_BATCH);
  const lines = files.readLines(run_id, run_uid, batchName(batch)) ?? [];
  if (lines.length === asks.length) return { rows: lines.length };
  const kept = keptRows(files, run_id, cell);
  const frame = frameOf(run, cell);
  const engines = await enginesOf(run, cell.work);
  const stop = stopSignal(attempt);
  try {
    const search: CellSearch = { run, cell, collection: cell.work.collection, signal: stop.signal };
    for (const { id, ask } of asks.slice(lines.length)) {
      attempt.throwIfStopped();
      const before = kept.get(id);
      lines.push(
        JSON.stringify(before === undefined ? frameRow(await ask(engines, search), frame) : { ...before, run_uid: frame.run_uid }),
      );
      attempt.report(lines.length);
    }
  } finally {
    stop.end();
    files.writeLines(run_id, run_uid, batchName(batch), lines);
  }
  return { rows: lines.length };
}

/** What rows of a cell share. */
export function frameOf({ price }: SuitesRunDocument, { run_uid, mode, attempt, config_hash, dataset }: PlannedCell): RowFrame {
  return { run_uid, arm: mode, attempt, config_hash, dataset_hash: dataset?.sha256 ?? null, inputPerMillion: price.input_per_million };
}

interface Ask {
  readonly id: string;
  readonly ask: (engines: SuiteEngines, search: CellSearch) => Promise<QuestionFacts>;
}

function asksOf(plan: ReturnType<SuitesWorld['files']['readPlan']>): Ask[] {
  return plan.kind === 'judged'
    ? plan.questions.map((question) => ({ id: question.question_id, ask: (engines, search) => askJudged(engines, question, search) }))
    : plan.questions.map((question) => ({ id: question.question_id, ask: (engines, search) => askCaptured(engines, question, search) }));
}

/** Rows of the attempt before, but those that could not be paid for. */
function keptRows(files: SuitesWorld['files'], runId: string, { earlier, questions }: PlannedCell): Map<string, SuiteRow> {
  if (earlier === null) return new Map();
  const batches = Array.from({ length: Math.ceil(questions / QUESTIONS_PER_BATCH) }, (_, batch) => batchName(batch));
  const rows = batches.flatMap((name) => files.readLines(runId, earlier, name) ?? []).map((line) => JSON.parse(line) as SuiteRow);
  return new Map(rows.filter(({ outcome }) => outcome !== 'skipped_budget').map((row) => [row.question_id, row]));
}
