import { formatAmount } from '../../reports/shared/format.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { nextCommands } from '../runs/go-on.ts';
import type { KnownRun } from '../runs/known-runs.ts';
import { ENDED } from '../runs/run-view.ts';
import { tellState } from '../runs/tell-runs.ts';
import { ok, warn, type Patient } from './checks.ts';

/** No run waits for somebody to go on with it. */
export function checkUnfinishedRuns({ io, options }: Pick<Patient, 'io' | 'options'>, runs: readonly KnownRun[]): DoctorCheck {
  const expected = 'every run ended, or somebody at work on it';
  const left = runs.filter(({ view }) => !ENDED.has(view.state) && !(view.state === 'running' && view.worked_on === true));
  const [first] = left;
  if (first === undefined)
    return ok('unfinished runs', runs.length === 0 ? 'no runs' : `none of ${formatAmount(runs.length, 'run')}`, expected);
  const found = left.map(({ view }) => `${view.run_id} ${tellState(view)}`).join(', ');
  return warn('unfinished runs', found, expected, nextCommands(first.view, first.lake, { ...options, cwd: io.cwd })[0] ?? '');
}
