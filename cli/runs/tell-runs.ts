import { formatDuration, formatInstant } from '../../reports/shared/format.ts';
import type { RunView } from '../../schemas/run-view.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** Runs for people, one row each. `now` in milliseconds since the epoch tells how long an open one has been going on. */
export function tellRuns(runs: readonly RunView[], now: number): string {
  if (runs.length === 0) return 'no runs yet; `lauter distill run-all ./traces` starts one';
  return textTable(
    ['run', 'state', 'stands at', 'started', 'took', 'sources'],
    runs.map((run) => [
      run.run_id,
      tellState(run),
      tellPosition(run),
      run.started_at === null ? '' : formatInstant(run.started_at),
      took(run, now),
      plain(run.sources.join(', ')),
    ]),
  );
}

/** The state in a word, and what the word leaves out. */
export function tellState({ state, worked_on }: RunView): string {
  return worked_on === false ? `${state} (no worker)` : state;
}

/** The stage, and how far it has come; empty once the run has ended. */
export function tellPosition({ stage, position }: RunView): string {
  if (stage === null) return '';
  return position === null || position.total === 0 ? stage : `${stage} ${position.done}/${position.total}`;
}

/** From start to end, or until now while the run is not ended. */
function took({ started_at, ended_at, stage }: RunView, now: number): string {
  if (started_at === null) return '';
  if (ended_at === null && stage === null) return '';
  return formatDuration(Math.max(0, (ended_at === null ? now : Date.parse(ended_at)) - Date.parse(started_at)));
}
