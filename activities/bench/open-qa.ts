import type { QaLine } from '../../domain/bench/index.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import { isObject } from '../../domain/shared/json.ts';
import { qaProvenanceSchema, type QaProvenance } from '../../schemas/bench-qa.ts';
import type { QaFiles } from './corpus-files.ts';

/** A fixture as it was read: any JSON objects, because what is wrong with them is for the validation to say. */
export interface OpenQa {
  readonly name: string;
  readonly rows: readonly QaLine[];
  /** Undefined when there is none. */
  readonly provenance: QaProvenance | undefined;
}

/** Opens a fixture with its provenance. SourceError that names file and line for a line that is no JSON object, or a provenance that is none. */
export async function openQa(files: QaFiles): Promise<OpenQa> {
  const rows: QaLine[] = [];
  for await (const read of files.lines()) {
    if (!read.ok) throw cannotRead(`${files.path}:${read.line}`, read.fault);
    if (!isObject(read.value)) throw cannotRead(`${files.path}:${read.line}`, 'another JSON value');
    rows.push({ line: read.line, value: read.value });
  }
  const text = files.provenanceText();
  return { name: files.name, rows, provenance: text === undefined ? undefined : readProvenance(files.provenancePath, text) };
}

function readProvenance(path: string, text: string): QaProvenance {
  const parsed = qaProvenanceSchema.safeParse(jsonOrText(text));
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))].filter((field) => field !== '');
  throw cannotRead(path, fields.length === 0 ? 'something else' : `other values in ${fields.join(', ')}`);
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function cannotRead(place: string, found: string): SourceError {
  return new SourceError(
    `reading questions from ${place}: expected a JSON object, found ${found}.`,
    'Correct it, or name another fixture with --qa.',
  );
}
