import { frameRow, longMemEvalFacts, sumUpCell, type CellSum, type SuiteRow } from '../../domain/suites/index.ts';
import { longMemEvalReadRowSchema } from '../../schemas/longmemeval-rows.ts';
import type { LongMemEvalRun } from '../eval-contract.ts';
import type { CellResult, EndedCell, SuitesResult, SuitesRun } from '../suites-contract.ts';
import { batchName, frameOf, QUESTIONS_PER_BATCH } from './measure-batch.ts';
import { BEGUN } from './open-cell.ts';
import { plannedCell, type PlannedCell, type SuitesRunDocument } from './run-document.ts';
import type { SuitesWorld } from './world.ts';
import { writeRecord } from './write-record.ts';

/** Writes the rows of a cell, its record and its result, in this order: a result that stands says that the others do. */
export async function endCell(world: SuitesWorld, { run_id, cell: { run_uid }, failure }: EndedCell): Promise<CellResult> {
  const { files, clock } = world;
  const known = files.readResult(run_id, run_uid);
  if (known !== null) return known;
  const run = files.readRun(run_id);
  const cell = plannedCell(run, run_uid);
  const rows = cell.work.kind === 'skipped' ? [] : await rowsOf(world, run, cell);
  const path = `${run.output}/${cell.suite}/${cell.mode}.rows.ndjson`;
  const written =
    cell.work.kind === 'skipped'
      ? null
      : {
          path: files.tellPath(path),
          sha256: files.writeRows(
            path,
            rows.map((row) => JSON.stringify(row)),
          ),
        };
  const [startedAt = run.started_at] = files.readLines(run_id, run_uid, BEGUN) ?? [];
  const sum = sumOf(run, cell, rows, failure);
  const record = writeRecord(run, cell, rows, sum, { written, startedAt, finishedAt: clock.now() });
  await world.record(record);
  const result: CellResult = {
    suite: cell.suite,
    mode: cell.mode,
    status: sum.status,
    run_id: cell.run_id,
    run_uid,
    metrics: sum.metrics,
    cost_usd: sum.cost_usd,
    reason: sum.error,
  };
  files.writeResult(run_id, result);
  return result;
}

/** Closes the run. One that ran out of budget stays open: the same command with more of it goes on. */
export function endSuites({ files }: SuitesWorld, { run_id, cells }: SuitesRun): SuitesResult {
  const run = files.readRun(run_id);
  const results = cells.flatMap(({ run_uid }) => files.readResult(run_id, run_uid) ?? []);
  if (!results.some(({ status }) => status === 'over_budget')) files.close(run);
  return { run_id, cells: results };
}

function sumOf(run: SuitesRunDocument, cell: PlannedCell, rows: readonly SuiteRow[], failure: string | null): CellSum {
  const sum = sumUpCell(rows, { allowsDegraded: run.allow_degraded, isVectorAsked: run.is_vector_asked });
  if (cell.work.kind === 'skipped') return { ...sum, status: 'skipped', error: cell.work.reason, metrics: {} };
  return failure === null ? sum : { ...sum, status: 'failed', error: failure };
}

async function rowsOf({ files }: SuitesWorld, run: SuitesRunDocument, cell: PlannedCell): Promise<SuiteRow[]> {
  if (cell.work.kind === 'longmemeval') return longMemEvalRows(files, run, cell, cell.work.run);
  const batches = Array.from({ length: Math.ceil(cell.questions / QUESTIONS_PER_BATCH) }, (_, batch) => batchName(batch));
  return batches.flatMap((name) => files.readLines(run.run_id, cell.run_uid, name) ?? []).map((line) => JSON.parse(line) as SuiteRow);
}

async function longMemEvalRows(
  files: SuitesWorld['files'],
  run: SuitesRunDocument,
  cell: PlannedCell,
  lme: LongMemEvalRun,
): Promise<SuiteRow[]> {
  const lines = files.readHypotheses(cell.run_uid);
  if (lines === null) return [];
  const haystacks = await files.readHaystacks(lme);
  const isJudged = lme.settings.judge !== null;
  const frame = frameOf(run, cell);
  return lines
    .map((line) => longMemEvalReadRowSchema.safeParse(JSON.parse(line)).data)
    .flatMap((row) =>
      row === undefined ? [] : [frameRow(longMemEvalFacts(row, { clusters: haystacks.get(row.question_id) ?? [], isJudged }), frame)],
    );
}
