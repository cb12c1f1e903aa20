import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../domain/shared/errors.ts';

/** The ids in a file: a JSON array of them, or one on each line. UsageError when it is not there or holds none. */
export function readQuestionIds(given: string, cwd: string): string[] {
  const text = readText(resolve(cwd, given), given).trim();
  const ids = text.startsWith('[') ? parseIds(text, given) : text.split(/\r?\n/).map((line) => line.trim());
  const distinct = [...new Set(ids.filter((id) => id !== ''))];
  if (distinct.length > 0) return distinct;
  throw new UsageError(`reading --question-ids ${given}: expected ids of questions, found none.`, 'Write one on each line.');
}

function readText(path: string, given: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`reading --question-ids ${given}: expected a file, found none that can be read.`, 'Name a file that exists.', {
      flag: '--question-ids',
    });
  }
}

function parseIds(text: string, given: string): string[] {
  try {
    const ids = JSON.parse(text) as unknown;
    if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  } catch {
    // Told below.
  }
  throw new UsageError(
    `reading --question-ids ${given}: expected a JSON array of ids, found something else.`,
    'Or write one on each line.',
  );
}
