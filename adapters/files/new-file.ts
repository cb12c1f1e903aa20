import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../../domain/shared/errors.ts';
import { syncFile, syncFolder, writeWhole } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';
import { temporaryName } from '../scratch.ts';

/** A file that stands under its name only once it is whole; until then what stood there before stays. */
export interface NewFile {
  /** Where it is being made; for somebody else to write who wants a path. */
  readonly temporaryPath: string;
  write(text: string): void;
  publish(): void;
  /** Leaves nothing behind. Does nothing once it is published. */
  discard(): void;
}

/** Begins a file; its folder is made when it is missing. UsageError where no file can be written. */
export function startFile(path: string): NewFile {
  const temporaryPath = join(dirname(path), temporaryName());
  let file: number | undefined;
  const attempt = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw translateDiskFull(error) ?? cannotWrite(path, error);
    }
  };
  attempt(() => mkdirSync(dirname(path), { recursive: true }));
  return {
    temporaryPath,
    write: (text) =>
      attempt(() => {
        file ??= openSync(temporaryPath, 'wx');
        writeWhole(file, Buffer.from(text));
      }),
    publish: () =>
      attempt(() => {
        if (file === undefined) syncFile(temporaryPath);
        else {
          fsyncSync(file);
          closeSync(file);
          file = undefined;
        }
        renameSync(temporaryPath, path);
        syncFolder(dirname(path));
      }),
    discard: () => {
      if (file !== undefined) closeSync(file);
      file = undefined;
      rmSync(temporaryPath, { force: true });
    },
  };
}

function cannotWrite(path: string, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new UsageError(
    `writing ${path}: expected a place that can be written to, found ${code ?? message}.`,
    'Name another file.',
    {},
    error,
  );
}
