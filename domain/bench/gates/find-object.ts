import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';

/** The object that an answer holds, or the sentence that says why there is none. */
export type FoundObject = { readonly object: JsonObject } | { readonly error: string };

/** A line of a run file may nest 64 levels, and the answer is one part of it. */
const MAX_OUTPUT_DEPTH = 32;

/**
 * Reads the one JSON object of an answer: what stands in its first code fence, or the whole text; where that is not JSON, the first balanced group
 * of braces of the whole text, and nothing after it. Never throws.
 */
export function findObject(raw: string): FoundObject {
  const whole = parse(insideFence(raw) ?? raw);
  if (whole !== undefined) return accept(whole);
  const group = firstBraceGroup(raw);
  if ('error' in group) return group;
  const value = parse(group.text);
  return value === undefined ? { error: 'the first group of braces is not JSON' } : accept(value);
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function accept(value: JsonValue): FoundObject {
  if (!isObject(value))
    return { error: `the top level is ${Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`}` };
  if (!isStorable(value, MAX_OUTPUT_DEPTH))
    return { error: `a number is not finite, or the nesting deeper than ${MAX_OUTPUT_DEPTH} levels` };
  return { object: value };
}

/** The text of the first code fence; it may begin and end within a line. Undefined when none opens and closes. */
function insideFence(raw: string): string | undefined {
  const open = /```[\w+-]*/.exec(raw);
  if (open === null) return undefined;
  const from = open.index + open[0].length;
  // A string of the object may itself hold a fence, but never at the beginning of a line.
  const closing = /\n[ \t]*```/g;
  closing.lastIndex = from;
  const end = closing.exec(raw)?.index ?? raw.indexOf('```', from);
  return end < 0 ? undefined : raw.slice(from, end);
}

/** From the first brace to the one that closes it; braces inside strings do not count. */
function firstBraceGroup(raw: string): { readonly text: string } | { readonly error: string } {
  const start = raw.search(/[{}]/);
  if (start < 0) return { error: 'there is no JSON object' };
  if (raw[start] === '}') return { error: 'a brace closes before one opens' };
  let depth = 0;
  let isInString = false;
  for (let at = start; at < raw.length; at += 1) {
    const char = raw[at];
    if (isInString) {
      if (char === '\\') at += 1;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return { text: raw.slice(start, at + 1) };
    }
  }
  return { error: 'the first brace is never closed' };
}

/** True when the value can be written into a run file and read back. A literal too large for a double is parsed as an infinity. */
function isStorable(value: JsonValue, levels: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((item) => isStorable(item as JsonValue, levels - 1));
}
