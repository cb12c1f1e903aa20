import type { RunStart } from '../schemas/run-start.ts';
import type { PlaceOptions } from './places.ts';
import { quoted } from '../domain/shared/quoted.ts';

/** A command that can be pasted, with the workspace that the present command was given. */
export function commandFor(words: string, options: PlaceOptions): string {
  return `lauter ${words}${options.workspace === undefined ? '' : ` --workspace ${quoted(options.workspace)}`}`;
}

/** The command line that began a run, from the folder that it was given in. */
export function startingCommand({ cwd, command }: RunStart, here: string): string {
  return `${cwd === here ? '' : `cd ${quoted(cwd)} && `}lauter ${command.map(quoted).join(' ')}`;
}
