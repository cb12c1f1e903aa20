import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { SourceError } from '../../domain/shared/errors.ts';
import { syncFolder, writeFileAtomically, writeWhole } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';

/** What a hypothesis file holds. */
export interface ReadHypotheses {
  readonly lines: readonly { readonly text: string; readonly value: unknown }[];
  /** True when the last line was cut off while it was written; it is none of the lines. */
  readonly isLastCut: boolean;
}

/** Reads a hypothesis file. SourceError when there is none, and for a line that is not JSON and not the last. */
export function readHypotheses(path: string): ReadHypotheses {
  if (!existsSync(path)) {
    throw new SourceError(`going on with ${path}: expected a hypothesis file, found none.`, 'Name a file that exists.');
  }
  const texts = readFileSync(path, 'utf8').split('\n');
  const filled = texts.flatMap((text, at) => (text.trim() === '' ? [] : [{ text: text.trim(), line: at + 1 }]));
  const lines = filled.map(({ text, line }) => ({ text, line, value: parse(text) }));
  const broken = lines.find(({ value }, at) => value === undefined && at < lines.length - 1);
  if (broken !== undefined) {
    throw new SourceError(
      `going on with ${path}, line ${broken.line}: expected the row of a question, found a line that is not JSON.`,
      'Take the line out, or begin a new file.',
    );
  }
  const isLastCut = lines.length > 0 && lines.at(-1)?.value === undefined;
  return { lines: isLastCut ? lines.slice(0, -1) : lines, isLastCut };
}

/** Writes whole lines, in place of what is there. */
export function writeHypotheses(path: string, lines: readonly string[]): void {
  writeFileAtomically(path, lines.map((line) => `${line}\n`).join(''));
}

/** Appends whole lines and flushes them. A last line that was cut off is taken away first; the row of a question that has one already stays out. */
export function appendHypotheses(path: string, lines: readonly string[]): void {
  const isNew = !existsSync(path);
  if (isNew) mkdirSync(dirname(path), { recursive: true });
  const bytes = isNew ? Buffer.alloc(0) : readFileSync(path);
  const end = bytes.lastIndexOf(LINE_FEED) + 1;
  if (end < bytes.length) truncateSync(path, end);
  const known = new Set(bytes.subarray(0, end).toString('utf8').split('\n').map(frontOf));
  const missing = lines.filter((line) => !known.has(frontOf(line)));
  const file = openSync(path, 'a');
  try {
    writeWhole(file, Buffer.from(missing.map((line) => `${line}\n`).join('')));
    fsyncSync(file);
  } catch (error) {
    throw translateDiskFull(error, path) ?? error;
  } finally {
    closeSync(file);
  }
  if (isNew) syncFolder(dirname(path));
}

const LINE_FEED = 10;

/** Rows of Lauter begin with the id of their question. */
function frontOf(line: string): string {
  return /^\{"question_id":"(?:[^"\\]|\\.)*"/.exec(line)?.[0] ?? line;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
