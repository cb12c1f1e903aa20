import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { SourceError, UsageError } from '../../domain/shared/errors.ts';
import type { JsonLine } from '../../domain/shared/json-line.ts';
import { writeFileAtomically } from '../atomic-write.ts';
import { isLabel, qaFolder } from './bench-places.ts';
import { readJsonLines } from './json-lines.ts';

/** Where a fixture and what belongs to it lie. */
export interface QaPlace {
  /** As it was named. */
  readonly name: string;
  readonly path: string;
  readonly provenancePath: string;
}

/** The files of a fixture: the named file, or, for a name without a slash that does not end in `.jsonl`, that label in the workspace. */
export function qaPlace(workspace: string, name: string, cwd: string): QaPlace {
  const isPath = /[/\\]/.test(name) || name.endsWith('.jsonl');
  if (!isPath && !isLabel(name)) {
    throw new UsageError(
      `reading the name of a fixture: expected a path that ends in .jsonl, or a label, found ${JSON.stringify(name)}.`,
      'Name one like eval-qa-v1 or fixtures/eval-qa-v1.jsonl.',
    );
  }
  const path = isPath ? resolve(cwd, name) : join(qaFolder(workspace), `${name}.jsonl`);
  return { name, path, provenancePath: provenanceOf(path) };
}

/** The label or file name without its ending. */
export function fixtureName({ path }: QaPlace): string {
  return basename(path).replace(/\.jsonl$/, '');
}

/** The lines of a fixture. SourceError when there is no file. */
export function readQaLines({ name, path }: QaPlace): AsyncIterable<JsonLine> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return readJsonLines(path);
  throw new SourceError(
    `reading the fixture ${name}: expected a file at ${path}, found none.`,
    'Name another one with --qa, or begin one with `lauter bench qa draft`.',
  );
}

/** Text of the provenance of a fixture; undefined when there is none. */
export function readProvenanceText({ provenancePath }: QaPlace): string | undefined {
  return existsSync(provenancePath) ? readFileSync(provenancePath, 'utf8') : undefined;
}

/** UsageError when one of the files is there: nothing that people wrote is ever written over. */
export function requireFree(paths: readonly string[]): void {
  const taken = paths.find((path) => existsSync(path));
  if (taken === undefined) return;
  throw new UsageError(`writing ${taken}: expected no such file, found one.`, 'Name another one; nothing is written over.');
}

/** Writes JSON lines at once. */
export function writeJsonLines(path: string, lines: readonly string[]): void {
  writeFileAtomically(path, lines.map((line) => `${line}\n`).join(''));
}

/** Beside the fixture, with its ending replaced; a file that other programs called after the whole name counts, too. */
function provenanceOf(path: string): string {
  const usual = `${path.replace(/\.jsonl$/, '')}.provenance.json`;
  const other = `${path}.provenance.json`;
  return !existsSync(usual) && existsSync(other) ? other : usual;
}
