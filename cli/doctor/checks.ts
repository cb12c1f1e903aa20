import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

/** What the checks look at. Nothing of it is changed by looking. */
export interface Patient {
  readonly io: Io;
  readonly options: PlaceOptions;
  readonly root: string;
}

/** A check that found what it expected. It may have a command to offer all the same. */
export function ok(name: string, message: string, expected: string, commands: readonly string[] = []): DoctorCheck {
  return { name, status: 'ok', message, expected, remedy: '', commands: [...commands] };
}

/** A check that found something to mend before it hurts. */
export function warn(name: string, message: string, expected: string, remedy: string, commands = commandsIn(remedy)): DoctorCheck {
  return { name, status: 'warn', message, expected, remedy, commands };
}

/** A check that found what keeps Lauter from working. */
export function fail(name: string, message: string, expected: string, remedy: string, commands = commandsIn(remedy)): DoctorCheck {
  return { name, status: 'fail', message, expected, remedy, commands };
}

const COMMAND = /^(?:lauter|rm|chmod|du) /;
const PLACEHOLDER = /\s[A-Z]{2,}(?=\s|$)/;

/** What a remedy asks to type: all of it, or what stands in backticks. One that has yet to be filled in cannot be pasted. */
function commandsIn(remedy: string): string[] {
  const [whole = ''] = remedy.split(/\s+# /);
  const quoted = Array.from(remedy.matchAll(/`([^`]+)`/g), ([, text = '']) => text);
  return (COMMAND.test(whole) ? [whole] : quoted).filter((text) => COMMAND.test(text) && !PLACEHOLDER.test(text));
}
