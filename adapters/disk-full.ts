import { DiskFullError } from '../domain/shared/errors.ts';

/** The error as a {@link DiskFullError} when it says that there is no room to write, else undefined. `at` is what was being written, where the error does not say. */
export function translateDiskFull(error: unknown, at?: string): DiskFullError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = (error as NodeJS.ErrnoException).code;
  const isFull =
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    code === 'EFBIG' ||
    /no space left on device|file too large|disk quota exceeded|Could not write .*file/i.test(error.message);
  if (!isFull) return undefined;
  // DuckDB names the file in its message alone.
  const path = at ?? (error as NodeJS.ErrnoException).path ?? /file "([^"]+)"/.exec(error.message)?.[1];
  return new DiskFullError(
    `writing${path === undefined ? '' : ` ${path}`}: expected room on the disk, found none (${error.message.split('\n')[0] ?? code ?? ''}).`,
    'Free some space, or move the workspace with --workspace, and run the same command again: finished shards are kept.',
    {},
    error,
  );
}
