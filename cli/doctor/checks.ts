import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

/** What the checks look at. Nothing of it is changed by looking. */
export interface Patient {
  readonly io: Io;
  readonly options: PlaceOptions;
  readonly root: string;
}

/** A check that found what it expected. */
export function ok(name: string, found: string, expected: string): DoctorCheck {
  return { name, state: 'ok', found, expected, remedy: '' };
}

/** A check that found something to mend before it hurts. */
export function warn(name: string, found: string, expected: string, remedy: string): DoctorCheck {
  return { name, state: 'warn', found, expected, remedy };
}

/** A check that found what keeps Lauter from working. */
export function fail(name: string, found: string, expected: string, remedy: string): DoctorCheck {
  return { name, state: 'fail', found, expected, remedy };
}
