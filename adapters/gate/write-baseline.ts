import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DiskFullError, UsageError } from '../../domain/shared/errors.ts';
import { createFileAtomically, writeFileAtomically } from '../atomic-write.ts';

/** Writes a baseline whole or not at all. UsageError where nothing can be written, or where a file stands that must not be replaced. */
export function writeBaselineFile(path: string, text: string, mayReplace: boolean): void {
  const isWritten = attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    if (!mayReplace) return createFileAtomically(path, text);
    writeFileAtomically(path, text);
    return true;
  });
  if (isWritten) return;
  throw new UsageError(
    `publishing a baseline, on ${path}: expected no file of that name, found one.`,
    'Name another file with --to, or replace it with --force.',
    { flag: '--to', value: path },
  );
}

function attempt(path: string, work: () => boolean): boolean {
  try {
    return work();
  } catch (error) {
    if (error instanceof DiskFullError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `publishing a baseline, on ${path}: expected a place that can be written to, found ${code ?? message}.`,
      'Name another file with --to.',
      { flag: '--to', value: path },
      error,
    );
  }
}
