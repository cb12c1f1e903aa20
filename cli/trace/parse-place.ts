import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SourcePlace } from '../../activities/trace-reverse.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { nearestTo } from '../../domain/shared/nearest.ts';

interface KnownFile {
  readonly sourceFile: string;
  readonly path: string;
}

/** What may follow a file: a member of an archive, then a line counted from 1 or a JSON pointer. */
const AFTER_FILE = /^(?:!(?<member>.+?))?(?:(?::(?<line>[1-9]\d*))|(?:#(?<pointer>(?:\/.*)?)))?$/s;

/**
 * Reads `FILE:LINE`, `FILE#/json/pointer`, `FILE!member` and `FILE!member#/pointer`. FILE is spelled as it is recorded, or is a path to it; names may
 * hold any of these signs, so the known files say where the name ends. Undefined when the run read no such file.
 */
export function parsePlace(asked: string, files: readonly KnownFile[], cwd: string): SourcePlace | undefined {
  const spelled = files
    .flatMap(({ sourceFile, path }) => [
      { name: sourceFile, sourceFile },
      { name: path, sourceFile },
    ])
    .filter(({ name }) => asked.startsWith(name))
    .sort((left, right) => right.name.length - left.name.length);
  for (const { name, sourceFile } of spelled) {
    const place = placeAfter(asked, asked.slice(name.length), sourceFile);
    if (place !== undefined) return place;
  }
  for (let end = asked.length; end > 0; end -= 1) {
    if (end < asked.length && !/[:#!]/.test(asked[end] ?? '')) continue;
    const known = files.find(({ path }) => isSameFile(path, resolve(cwd, asked.slice(0, end))));
    const place = known === undefined ? undefined : placeAfter(asked, asked.slice(end), known.sourceFile);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Says that no run read the file, with the nearest name that one did. */
export function unknownPlace(asked: string, files: readonly KnownFile[]): UsageError {
  const nearest = nearestTo(
    asked,
    files.map(({ sourceFile }) => sourceFile),
  );
  return new UsageError(
    `tracing ${asked}: expected FILE:LINE (counted from 1), FILE#/pointer or FILE!member of a file that a run read, found none${nearest === undefined ? '' : `; the nearest is ${nearest}`}.`,
    'Spell the file as the data does, as in `source_file`, or give a path to it.',
  );
}

function placeAfter(asked: string, rest: string, sourceFile: string): SourcePlace | undefined {
  const groups = AFTER_FILE.exec(rest)?.groups;
  if (groups === undefined) return undefined;
  const { member = null, line, pointer = null } = groups;
  if (rest === '') return undefined;
  return { asked, sourceFile, line: line === undefined ? null : Number(line) - 1, pointer, member };
}

function isSameFile(path: string, other: string): boolean {
  if (path === other) return true;
  return existsSync(path) && existsSync(other) && realpathSync(path) === realpathSync(other);
}
