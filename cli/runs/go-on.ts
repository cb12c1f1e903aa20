import type { RunView } from '../../schemas/run-view.ts';
import { commandFor, startingCommand } from '../command-line.ts';
import type { PlaceOptions } from '../places.ts';
import type { LakeRun } from './lake-runs.ts';

/** Commands to go on with, the likeliest first. */
export function nextCommands(run: RunView, lake: LakeRun, place: PlaceOptions & { readonly cwd: string }): string[] {
  const about = (verb: string): string => commandFor(`runs ${verb} ${run.run_id}`, place);
  const again = againCommands(lake, place);
  if (run.state === 'accepted') return [commandFor(`distill receipts --run-id ${run.run_id}`, place)];
  if (run.state === 'refused') return [commandFor(`distill receipts --run-id ${run.run_id}`, place), ...again];
  if (run.state === 'failed' || run.state === 'cancelled') return again;
  if (run.state === 'interrupted') return [...(again.length > 0 ? again : carryOnCommands(lake, place)), about('cancel')];
  if (run.paused_by === 'user') return [about('resume'), about('cancel')];
  if (run.worked_on === true) return [about('watch'), about('pause')];
  return [...carryOnCommands(lake, place), about('cancel')];
}

/** Commands that work on a run which the engine knows and nobody works on. */
export function carryOnCommands(lake: LakeRun, place: PlaceOptions & { readonly cwd: string }): string[] {
  return [...againCommands(lake, place), commandFor('worker --with-server', place)];
}

/** The command that began the run: it finds what is finished and goes on from there. */
function againCommands({ start }: LakeRun, { cwd }: { readonly cwd: string }): string[] {
  return start === null ? [] : [startingCommand(start, cwd)];
}
