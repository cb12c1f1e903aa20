import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { ConfigError, SourceError } from '../../domain/shared/errors.ts';
import { asText, isObject, type JsonValue } from '../../domain/shared/json.ts';
import { parseRecord } from '../../domain/shared/parse-record.ts';
import type { EvaluationSetConfig } from '../../schemas/decontamination-settings.ts';
import { compressionOf, readChunks } from '../byte-chunks.ts';
import { readElements } from '../element-reader.ts';
import { followPath, parseFieldPath, type FieldPath } from './field-path.ts';
import { readLines } from '../line-reader.ts';
import { readPassages } from './passages.ts';
import { walkPath, type FoundFile } from './walk.ts';

/** Texts of one item of an evaluation set, and where it stands. */
export interface EvaluationTexts {
  /** File as the config spells it, with the line (1-based) or key of the item. */
  readonly item: string;
  readonly texts: readonly string[];
}

const MAX_RECORD_BYTES = 64 << 20;

/**
 * Reads an evaluation set item by item, in constant memory; relative paths start from `base`. Throws ConfigError when a path leads nowhere, a file is of
 * no known kind, damaged or broken anywhere, a named field is missing, or the set holds no text: a set that is not read checks nothing.
 */
export async function* readEvaluationSet(set: EvaluationSetConfig, base: string): AsyncIterable<EvaluationTexts> {
  const fields = set.fields?.map(parseFieldPath);
  let items = 0;
  for (const path of set.paths) {
    for (const file of filesOf(set, path, base)) {
      for await (const item of readFile(set, file, fields)) {
        if (item.texts.length === 0) continue;
        items += 1;
        yield item;
      }
    }
  }
  if (items === 0)
    throw refused(set, set.paths.join(', '), 'at least one text', 'none', 'Name other files or fields, or take the set out.');
}

function filesOf(set: EvaluationSetConfig, path: string, base: string): readonly FoundFile[] {
  try {
    return walkPath(path, base).files;
  } catch (error) {
    throw translated(set, path, error);
  }
}

async function* readFile(
  set: EvaluationSetConfig,
  file: FoundFile,
  fields: readonly FieldPath[] | undefined,
): AsyncIterable<EvaluationTexts> {
  const kind = KINDS[/\.(\w+)(?:\.(?:gz|zst))?$/.exec(file.name.toLowerCase())?.[1] ?? ''];
  if (kind === undefined)
    throw refused(
      set,
      file.sourceFile,
      'a file named .txt, .md, .jsonl, .ndjson or .json',
      'another name',
      'Name the files of the set by a glob.',
    );
  try {
    yield* kind(openChunks(file.path), { set, file: file.sourceFile, fields });
  } catch (error) {
    throw translated(set, file.sourceFile, error);
  }
}

interface Reading {
  readonly set: EvaluationSetConfig;
  readonly file: string;
  readonly fields: readonly FieldPath[] | undefined;
}

type Chunks = AsyncIterable<Uint8Array>;

const KINDS: Readonly<Record<string, (chunks: Chunks, reading: Reading) => AsyncIterable<EvaluationTexts>>> = {
  txt: readProse,
  md: readProse,
  jsonl: readJsonLines,
  ndjson: readJsonLines,
  json: readJson,
};

async function* readProse(chunks: Chunks, { set, file }: Reading): AsyncIterable<EvaluationTexts> {
  for await (const passage of readPassages(readLines(chunks, { firstLine: 0, maxBytes: MAX_RECORD_BYTES, isLast: true }))) {
    if ('fault' in passage) throw refused(set, `${file}:${passage.line + 1}`, 'text in UTF-8', passage.detail, 'Mend the file.');
    yield { item: `${file}:${passage.line + 1}`, texts: [passage.text] };
  }
}

async function* readJsonLines(chunks: Chunks, reading: Reading): AsyncIterable<EvaluationTexts> {
  for await (const batch of readLines(chunks, { firstLine: 0, maxBytes: MAX_RECORD_BYTES, isLast: true })) {
    for (const line of batch) {
      const place = `${reading.file}:${line.line + 1}`;
      if ('fault' in line) throw refused(reading.set, place, 'a JSON record', line.detail, 'Mend the file.');
      yield { item: place, texts: textsOf(line.text, place, reading) };
    }
  }
}

async function* readJson(chunks: Chunks, reading: Reading): AsyncIterable<EvaluationTexts> {
  for await (const batch of readElements(chunks, { maxBytes: MAX_RECORD_BYTES })) {
    for (const element of batch) {
      const place = `${reading.file}#${element.key}`;
      if ('fault' in element)
        throw refused(
          reading.set,
          place,
          'a JSON array or object',
          element.detail,
          'Mend the file; name it .jsonl when it holds a record a line.',
        );
      yield { item: place, texts: textsOf(element.text, place, reading) };
    }
  }
}

/** The texts at the named fields of a record, or all of them. */
function textsOf(text: string, place: string, { set, fields }: Reading): string[] {
  const parsed = parseRecord(text);
  if (!parsed.ok) throw refused(set, place, 'a JSON record', parsed.detail, 'Mend the file.');
  if (fields === undefined) return collectTexts(parsed.value);
  return fields.flatMap((field) => {
    const value = followPath(parsed.value, field);
    if (value === undefined && !field.isOptional)
      throw refused(set, place, `a field ${field.text}`, 'none', 'Correct the path, or put a ? behind it when records may lack the field.');
    const scalar = asText(value);
    if (scalar !== undefined) return [scalar];
    return value === undefined ? [] : collectTexts(value);
  });
}

/** Every string below a value, in order. */
function collectTexts(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(collectTexts);
  return isObject(value) ? Object.values(value).flatMap(collectTexts) : [];
}

function openChunks(path: string): Chunks {
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return readChunks({ path, start: 0, end: statSync(path).size, compression: compressionOf(head) });
}

/** What the readers of sources say, as what it is here: a fault of what the config names. */
function translated(set: EvaluationSetConfig, place: string, error: unknown): unknown {
  if (!(error instanceof SourceError) && !(error instanceof Error && 'syscall' in error)) return error;
  return new ConfigError(
    `reading evaluation set ${set.name}, on ${place}: expected a file that can be read, found: ${error.message}`,
    'Correct distill.decontamination.sets: a set that cannot be read checks nothing.',
    { set: set.name },
    error,
  );
}

function refused(set: EvaluationSetConfig, place: string, expected: string, found: string, remedy: string): ConfigError {
  return new ConfigError(`reading evaluation set ${set.name}, on ${place}: expected ${expected}, found ${found}.`, remedy, {
    set: set.name,
  });
}
