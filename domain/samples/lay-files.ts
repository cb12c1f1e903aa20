import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { JsonObject, JsonValue } from '../shared/json.ts';
import type { Entry, LaidFile, Telling, Told, TruthRecord } from './telling.ts';

/** Marks by which real exports differ: a byte order mark, Windows line ends, a blank line now and then, a last line without its end. */
export interface LineStyle {
  readonly bom?: boolean;
  readonly crlf?: boolean;
  readonly blankEvery?: number;
  readonly openEnd?: boolean;
}

/** Entries as a line file, one truth row an entry, at the line where it stands. */
export function layLines(path: string, entries: readonly Entry[], style: LineStyle = {}): LaidFile {
  const lineEnd = style.crlf ? '\r\n' : '\n';
  const chunks: Uint8Array[] = [];
  const truths: TruthRecord[] = [];
  let line = 0;
  if (style.bom) chunks.push(utf8ToBytes('\uFEFF'));
  for (const [index, entry] of entries.entries()) {
    if (style.blankEvery !== undefined && index > 0 && index % style.blankEvery === 0) {
      chunks.push(utf8ToBytes(lineEnd));
      line += 1;
    }
    const isOpen = style.openEnd === true && index === entries.length - 1;
    const text = lineOf(entry);
    chunks.push(typeof text === 'string' ? utf8ToBytes(text) : text, utf8ToBytes(isOpen ? '' : lineEnd));
    truths.push({ file: path, line, ...truthOf(entry) });
    line += 1;
  }
  return { path, bytes: joinBytes(chunks), truths };
}

/** Records as the elements of one JSON array; a refused element is named by `quarantine`. */
export function layArray(path: string, entries: readonly (Told | Refused)[]): LaidFile {
  const text = `[\n${entries.map((entry) => JSON.stringify(entry.value)).join(',\n')}\n]\n`;
  return {
    path,
    bytes: utf8ToBytes(text),
    truths: entries.map((entry, index) => ({ file: path, pointer: `/${index}`, ...truthOf(entry) })),
  };
}

/** An element that is valid JSON but not what the format promises. */
export interface Refused {
  readonly value: JsonValue;
  readonly quarantine: 'missing_field' | 'not_an_object';
  readonly planted?: readonly string[];
}

/** Records as the entries of one JSON object, keyed `0`, `1`, … */
export function layObject(path: string, entries: readonly Told[]): LaidFile {
  const text = `{\n${entries.map((entry, index) => `"${index}": ${JSON.stringify(entry.value)}`).join(',\n')}\n}\n`;
  return {
    path,
    bytes: utf8ToBytes(text),
    truths: entries.map((entry, index) => ({ file: path, pointer: `/${index}`, ...truthOf(entry) })),
  };
}

/** One record that is the whole file. */
export function layDocument(path: string, told: Told): LaidFile {
  return { path, bytes: utf8ToBytes(`${JSON.stringify(told.value, null, 1)}\n`), truths: [{ file: path, pointer: '', ...truthOf(told) }] };
}

/** Records inside one JSON document, each at a pointer of its own. */
export function layNested(path: string, document: JsonValue, tellings: readonly (Telling & { readonly pointer: string })[]): LaidFile {
  const truths = tellings.map(({ pointer, ...telling }) => ({ file: path, pointer, ...truthOf(telling) }));
  return { path, bytes: utf8ToBytes(`${JSON.stringify(document, null, 1)}\n`), truths };
}

/** The lines of a session: one truth row for each way it ended (`leaf`), at the line of its first message, and one for a cut line at the end. */
export function laySession(
  path: string,
  lines: readonly JsonObject[],
  endings: readonly (Telling & { readonly leaf: string })[],
  extras: { readonly noise?: readonly string[]; readonly cutLine?: string } = {},
): LaidFile {
  const noise = extras.noise ?? [];
  const text = [...noise, ...lines.map((line) => JSON.stringify(line))].map((line) => `${line}\n`).join('') + (extras.cutLine ?? '');
  const first = noise.length + lines.findIndex((line) => 'uuid' in line);
  const truths: TruthRecord[] = endings.map(({ leaf, ...telling }) => ({ file: path, line: first, leaf, ...truthOf(telling) }));
  if (extras.cutLine !== undefined) {
    truths.push({ file: path, line: noise.length + lines.length, expected_quarantine: 'truncated_line', planted: ['cut_last_line'] });
  }
  return { path, bytes: utf8ToBytes(text), truths };
}

/** A companion that holds no records. */
export function layText(path: string, text: string): LaidFile {
  return { path, bytes: utf8ToBytes(text), truths: [] };
}

function lineOf(entry: Entry): string | Uint8Array {
  if ('raw' in entry) return entry.raw;
  if ('value' in entry) return JSON.stringify(entry.value);
  if (!entry.reordered) return JSON.stringify(entry.copyOf.value);
  return JSON.stringify(Object.fromEntries(Object.entries(entry.copyOf.value).reverse()));
}

function truthOf(entry: Entry | Refused | Telling): Omit<TruthRecord, 'file'> {
  if ('quarantine' in entry) return { expected_quarantine: entry.quarantine, planted: entry.planted ?? [] };
  if ('copyOf' in entry) {
    const planted = [entry.reordered ? 'exact_duplicate_reordered' : 'exact_duplicate'];
    return { task: entry.copyOf.task, truth: entry.copyOf.truth, expected_quarantine: 'exact_duplicate', planted };
  }
  return {
    task: entry.task,
    truth: entry.truth,
    ...(entry.day === undefined ? {} : { day: entry.day }),
    expected_category: entry.expected,
    ...(entry.sft === undefined ? {} : { expected_sft_quarantine: entry.sft }),
    planted: entry.planted ?? [],
  };
}

function joinBytes(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
