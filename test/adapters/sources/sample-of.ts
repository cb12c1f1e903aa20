import type { FileSample } from '../../../adapters/sources/source-adapter.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { isObject } from '../../../domain/shared/json.ts';

const HEAD_CHARS = 256 * 1024;
const MAX_LINES = 20;

/** The beginning of a file with this text, as detection sees it. */
export function sampleOf(text: string, path: string): FileSample {
  const head = text.slice(0, HEAD_CHARS);
  const complete = head.length === text.length;
  const whole = parsed(text);
  const { lines, leadingNoise } = leadingLines(head);
  // A streaming reader cannot know that more lines follow: it sees the first entry of a first line, too.
  const streamed = whole ?? (leadingNoise === 0 ? lines[0] : undefined);
  return { path, head, complete, lines, leadingNoise, document: complete ? whole : undefined, firstElement: firstElementOf(streamed) };
}

function leadingLines(head: string): { lines: JsonValue[]; leadingNoise: number } {
  const lines: JsonValue[] = [];
  let leadingNoise = 0;
  for (const text of head.split('\n')) {
    if (lines.length === MAX_LINES) break;
    if (text.trim() === '') continue;
    const value = /^\s*[{[]/.test(text) ? parsed(text) : undefined;
    if (value !== undefined) lines.push(value);
    else if (lines.length === 0) leadingNoise += 1;
  }
  return { lines, leadingNoise };
}

function firstElementOf(value: JsonValue | undefined): FileSample['firstElement'] {
  if (Array.isArray(value)) return value[0] === undefined ? undefined : { container: 'array', key: '0', value: value[0] };
  if (!isObject(value)) return undefined;
  const [entry] = Object.entries(value);
  return entry === undefined ? undefined : { container: 'object', key: entry[0], value: entry[1] };
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
