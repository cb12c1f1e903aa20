import { LauterError } from '../../domain/shared/errors.ts';

/** What went wrong, in words that hold nothing of what was read: of a fault of the program only its name. */
export function failureText(error: unknown): string {
  if (error instanceof LauterError) return `${error.message} ${error.remedy}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown failure';
}
