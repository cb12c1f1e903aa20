import type { CellOfRun, OpenedCell } from '../suites-contract.ts';
import { QUESTIONS_PER_BATCH } from './measure-batch.ts';
import { plannedCell } from './run-document.ts';
import type { SuitesWorld } from './world.ts';

/** Name of the line that says when a cell was begun. */
export const BEGUN = 'begun';

/** What is left to do for a cell. When it was begun is written down the first time. */
export function openCell({ files, clock }: SuitesWorld, { run_id, cell }: CellOfRun): OpenedCell {
  const { work, questions } = plannedCell(files.readRun(run_id), cell.run_uid);
  if (files.readLines(run_id, cell.run_uid, BEGUN) === null) files.writeLines(run_id, cell.run_uid, BEGUN, [clock.now()]);
  if (work.kind === 'skipped' || files.readResult(run_id, cell.run_uid) !== null) return { work: 'nothing' };
  if (work.kind === 'longmemeval') return { work: 'longmemeval', run: work.run };
  return { work: 'measure', batches: Math.ceil(questions / QUESTIONS_PER_BATCH) };
}
