import { quoted } from '../../domain/shared/quoted.ts';
import type { Io } from '../io.ts';

/** The command line as it was given, so that it can be given again. */
export function commandLineOf({ args = [] }: Pick<Io, 'args'>): string {
  return ['lauter', ...args.map(quoted)].join(' ');
}
