import { CollectionError } from './errors.ts';

/** Where in a given file something is: the file as it was named, and the line, counted from 1, where there is one. */
export interface InputPlace {
  readonly file: string;
  readonly line?: number | undefined;
}

/** The error for a file of queries, judgments or rankings that is not what it must be. */
export function inputError(doing: string, place: InputPlace, expected: string, found: string, remedy: string): CollectionError {
  const at = place.line === undefined ? place.file : `${place.file}:${place.line}`;
  const context = place.line === undefined ? { file: place.file } : { file: place.file, line: place.line };
  return new CollectionError(`${doing}, on ${at}: expected ${expected}, found ${found}.`, remedy, context);
}
