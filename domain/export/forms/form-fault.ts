import type { FormRefusal } from '../../../schemas/vocabulary.ts';

/**
 * What in a row breaks a rule of its form. `wrong_shape` is never the data's fault: a converter made what the form does not know.
 */
export interface FormFault {
  readonly reason: FormRefusal | 'wrong_shape';
  /** Where in the row, as in `messages[2].content`. */
  readonly at: string;
  readonly found: string;
}

export function faultAt(reason: FormFault['reason'], at: string, found: string): FormFault {
  return { reason, at, found };
}

/** One fault for each key that is not permitted. */
export function unknownKeys(value: object, permitted: readonly string[], at: string): FormFault[] {
  return Object.keys(value)
    .filter((key) => !permitted.includes(key))
    .map((key) => faultAt('wrong_shape', at, `the key ${key}, expected only ${permitted.join(', ')}`));
}
