import type { ArmOutcome } from '../../../domain/replay-arms/index.ts';
import { SourceChangedError } from '../../../domain/shared/errors.ts';
import type { ReplayQueueReport } from '../../../schemas/replay-queue.ts';
import type { ReplayRun } from '../../../schemas/replay-run.ts';
import type { ReplayArm, ReplayArmsRun } from '../../replay-arms-contract.ts';
import { rowName } from '../queue/replay-queued.ts';
import type { ReplayQueueWorld } from '../queue/world.ts';

/** What became of the tasks of an arm, in their order; all of them are skipped where it was never begun. SourceChangedError when its playbooks are not those that it was to have. */
export function readArm(
  { files }: Pick<ReplayQueueWorld, 'files'>,
  { run_id }: ReplayArmsRun,
  arm: ReplayArm,
  tasks: number,
): ArmOutcome[] {
  const runId = `${run_id}-${arm.id}`;
  if (!files.has(runId, 'report')) return Array.from({ length: tasks }, () => ({ state: 'skipped_budget', reasons: [], row: null }));
  return files.read<ReplayQueueReport>(runId, 'report').tasks.map(({ state, reasons }, task) => {
    const row = files.has(runId, rowName(task)) ? files.read<ReplayRun>(runId, rowName(task)) : null;
    if (row !== null) requireCorpus(row, arm);
    return { state, reasons, row };
  });
}

/** Ids of the tasks, as the first arm took them from the file. */
export function taskIds({ files }: Pick<ReplayQueueWorld, 'files'>, { run_id, arms: [first] }: ReplayArmsRun): string[] {
  return files.read<ReplayQueueReport>(`${run_id}-${first!.id}`, 'report').tasks.map(({ id }) => id);
}

function requireCorpus({ run_id: id, corpus }: ReplayRun, { corpus: expected }: ReplayArm): void {
  if (corpus?.sha256 === expected?.sha256 && corpus?.rows === expected?.rows) return;
  throw new SourceChangedError(
    `comparing replays, on ${id}: expected ${tell(expected)}, found ${tell(corpus)}.`,
    'Leave the playbooks as they are while they are worked with, and run the command again.',
  );
}

function tell(corpus: ReplayRun['corpus']): string {
  return corpus ? `${corpus.rows} playbooks of sha256 ${corpus.sha256}` : 'no playbooks';
}
