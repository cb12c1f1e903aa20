import { SourceError } from '../../domain/shared/errors.ts';
import { asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { RunFile, RunRecord, RunSummary } from '../../domain/shared/run-file.ts';
import { startSha256 } from '../digest.ts';
import { describeInput } from './describe-input.ts';
import { parseRunLine } from './parse-run-line.ts';
import { readLinesOf, type FileLine } from '../file-lines.ts';
import { KNOWN_FIELDS } from './run-record-fields.ts';

const MOST_LINE_BYTES = 16 << 20;

/**
 * Reads a run file of Lauter or hippo-bench strictly, in one pass. SourceError, naming file and line, for anything but lines of JSON objects (blank
 * lines, CR LF and the bare words NaN and Infinity are allowed), for a model without an id, a retrieval mode that is not an object, a line above
 * 16 MiB, nesting above 64; naming the file when it cannot be read, holds no record, or names no run.
 */
export async function readRunFile(given: string, path = given): Promise<RunFile> {
  const digest = startSha256();
  const found = startFindings();
  try {
    for await (const line of readLinesOf(path, MOST_LINE_BYTES, digest.update)) takeLine(found, line, given);
  } catch (error) {
    throw cannotRead(given, error);
  }
  return { path: given, sha256: digest.digest(), ...settle(found, given) };
}

interface Findings {
  records: number;
  readonly runIds: Set<string>;
  manifest: RunRecord | undefined;
  readonly summaries: RunSummary[];
  end: RunRecord | undefined;
  readonly sourceOfEvent: Map<string, string>;
  readonly ignored: { records: number; fields: number };
}

function startFindings(): Findings {
  return {
    records: 0,
    runIds: new Set(),
    manifest: undefined,
    summaries: [],
    end: undefined,
    sourceOfEvent: new Map(),
    ignored: { records: 0, fields: 0 },
  };
}

function takeLine(found: Findings, line: FileLine, given: string): void {
  const value = readObject(line, given);
  if (value === undefined) return;
  found.records += 1;
  takeRecord(found, { line: line.line, value }, given);
}

/** The object in a line; undefined for a blank line. */
function readObject({ line, bytes, isTooLong, isOpen }: FileLine, given: string): JsonObject | undefined {
  if (isTooLong) throw notARecord(given, line, 'a line of 16 MiB at most', 'a longer one');
  const text = decode(bytes);
  if (text === undefined) throw notARecord(given, line, 'UTF-8', 'bytes that are not');
  if (text.startsWith(BYTE_ORDER_MARK)) throw notARecord(given, line, 'a JSON object', 'a byte order mark');
  if (/^[ \t\r]*$/.test(text)) return undefined;
  const parsed = parseRunLine(text);
  if ('value' in parsed) return parsed.value;
  throw notARecord(given, line, 'a JSON object', isOpen ? `${parsed.fault}, cut off at the end of the file` : parsed.fault);
}

const BYTE_ORDER_MARK = '\ufeff';
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function takeRecord(found: Findings, record: RunRecord, given: string): void {
  const { record_type: type, run_id: runId } = record.value;
  const fields = typeof type === 'string' ? KNOWN_FIELDS.get(type) : undefined;
  if (fields === undefined) {
    found.ignored.records += 1;
    return;
  }
  found.ignored.fields += Object.keys(record.value).filter((field) => !fields.has(field)).length;
  if (typeof runId === 'string' && runId !== '') found.runIds.add(runId);
  if (type === 'run_manifest') found.manifest ??= record;
  if (type === 'run_end') found.end = record;
  if (type === 'attempt') takeAttempt(found, record, given);
  if (type === 'model_summary') found.summaries.push(readSummary(record, given));
}

function takeAttempt({ sourceOfEvent }: Findings, record: RunRecord, given: string): void {
  readModelId(record, given);
  const event = record.value.event;
  if (!isObject(event)) return;
  const [id, source] = [asString(event.event_id), asString(event.source)];
  if (id !== undefined && source !== undefined) sourceOfEvent.set(id, source);
}

function readSummary(record: RunRecord, given: string): RunSummary {
  const modelId = readModelId(record, given);
  const { downstream_proxy: proxy } = record.value;
  requireObject(proxy, 'downstream_proxy', record, given);
  const modes = isObject(proxy) ? proxy.modes : undefined;
  requireObject(modes, 'downstream_proxy.modes', record, given);
  for (const mode of isObject(modes) ? Object.values(modes) : [])
    requireObject(mode, 'every entry of downstream_proxy.modes', record, given);
  return { ...record, modelId };
}

/** Older files call the id `model_id`. */
function readModelId({ line, value: { model } }: RunRecord, given: string): string {
  if (!isObject(model)) throw notARecord(given, line, 'an object as model', describeInput(model));
  const id = model.id ?? model.model_id;
  if (typeof id === 'string' && id !== '') return id;
  throw notARecord(given, line, 'text as model.id', describeInput(id));
}

/** What is absent or null was not measured, which is no fault of the file. */
function requireObject(value: JsonValue | undefined, what: string, { line }: RunRecord, given: string): void {
  if (value === undefined || value === null || isObject(value)) return;
  throw notARecord(given, line, `an object as ${what}`, describeInput(value));
}

function settle(found: Findings, given: string): Omit<RunFile, 'path' | 'sha256'> {
  const { records, runIds: named, manifest, ...rest } = found;
  if (records === 0) {
    throw new SourceError(
      `reading run file ${given}: expected at least one record, found none.`,
      'Name the file that `lauter bench run --out` wrote.',
    );
  }
  const own = asString(manifest?.value.run_id);
  const runIds = own === undefined || own === '' ? [...named].sort() : [own, ...[...named].filter((id) => id !== own).sort()];
  const [runId] = runIds;
  if (runId === undefined) {
    throw new SourceError(
      `reading run file ${given}: expected records that name their run_id, found none that does.`,
      'Without it nobody can tell two runs from one. Name another file.',
    );
  }
  return { ...rest, manifest, runId, runIds };
}

function notARecord(given: string, line: number, expected: string, found: string): SourceError {
  return new SourceError(
    `reading run file ${given}:${line}: expected ${expected}, found ${found}.`,
    'Mend the file, or measure again: a damaged run file proves nothing.',
    { file: given, line },
  );
}

function cannotRead(given: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined || error instanceof SourceError) return error;
  const found = FOUND[code] ?? code;
  return new SourceError(`reading run file ${given}: expected a file that can be read, found ${found}.`, 'Name another file.', {}, error);
}

const FOUND: Readonly<Record<string, string>> = { ENOENT: 'none', EISDIR: 'a folder', EACCES: 'one that is locked' };
