import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../domain/shared/errors.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { Io } from '../io.ts';

/** The text of a file of the command line. UsageError where it cannot be read, is no UTF-8, or says nothing. */
export function readJudged(io: Io, flag: string, given: string): string {
  const bytes = readBytes(io, flag, given);
  if (!isUtf8(bytes)) throw refuse(flag, given, 'text in UTF-8', 'other bytes');
  const text = bytes.toString('utf8');
  if (isBlank(text)) throw refuse(flag, given, 'a text', 'nothing but blanks');
  return text;
}

/** A task: that of the file of this name where there is one, else the words themselves. */
export function readTask(io: Io, given: string): string {
  if (isBlank(given)) throw refuse('--task', given, 'a task', 'nothing but blanks');
  const path = resolve(io.cwd, given);
  // A task of many words is no name of a file, and too long for one.
  const isFile = given.length <= LONGEST_PATH && !given.includes('\n') && existsSync(path) && statSync(path).isFile();
  return isFile ? readJudged(io, '--task', given) : given;
}

const LONGEST_PATH = 1_024;

function readBytes(io: Io, flag: string, given: string): Buffer {
  try {
    return readFileSync(resolve(io.cwd, given));
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException;
    throw refuse(flag, given, 'a file that can be read', code === 'ENOENT' ? 'none' : code);
  }
}

function refuse(flag: string, given: string, expected: string, found: string): UsageError {
  return new UsageError(`reading ${flag}, on ${given}: expected ${expected}, found ${found}.`, 'Name a file with a text in it.', {
    flag,
    value: given,
  });
}
