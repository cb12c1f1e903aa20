import type { JsonObject, JsonValue } from '../../domain/shared/json.ts';
import { describeInput } from './describe-input.ts';

/** What a line of a run file holds, or what is wrong with it, in words that show nothing of it. */
export type ParsedLine = { readonly value: JsonObject } | { readonly fault: string };

const MOST_NESTING = 64;

/**
 * Parses a line as JSON, to which the bare words NaN, Infinity and -Infinity are added: writers in Python leave them behind. They become the numbers
 * they name, and a number too large for a double becomes infinite. Of a key that stands twice the last value counts.
 */
export function parseRunLine(text: string): ParsedLine {
  if (nestsDeeper(text, MOST_NESTING)) return { fault: `nesting deeper than ${MOST_NESTING} levels` };
  const value = parseJson(text) ?? parseWithBareWords(text);
  if (value === undefined) return { fault: 'text that is not JSON' };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: `JSON that is ${describeInput(value)}` };
  return { value: value as JsonObject };
}

/** Looks before anything is parsed: a text of nothing but brackets would otherwise decide how deep the readers behind it go. */
function nestsDeeper(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at + 1);
    else if (code === BRACKET || code === BRACE) depth += 1;
    else if (code === BRACKET + 2 || code === BRACE + 2) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

const QUOTE = 34;
const BACKSLASH = 92;
const BRACKET = 91;
const BRACE = 123;

/** Place of the quotation mark that ends a string whose text begins at `from`; the end of the text when none does. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/**
 * The built-in parser reads the text once every string begins with `s` and every bare word is a string without it: nothing inside a string can be
 * taken for a word then, however it is spelled.
 */
function parseWithBareWords(text: string): JsonValue | undefined {
  const marked = parseJson(markTokens(text));
  return marked === undefined ? undefined : unmark(marked);
}

function markTokens(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', from)) {
    const end = endOfString(text, at + 1);
    pieces.push(markWords(text.slice(from, at)), '"s', text.slice(at + 1, end + 1));
    from = end + 1;
  }
  return [...pieces, markWords(text.slice(from))].join('');
}

const BARE_WORDS = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, '-Infinity': Number.NEGATIVE_INFINITY } as const;

function markWords(between: string): string {
  return between.replace(/NaN|-?Infinity/g, '"$&"');
}

/** Undefined where a bare word stands in place of a key. */
function unmark(value: JsonValue): JsonValue | undefined {
  if (typeof value === 'string') return value.startsWith('s') ? value.slice(1) : BARE_WORDS[value as keyof typeof BARE_WORDS];
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(unmark);
    return items.includes(undefined) ? undefined : (items as JsonValue[]);
  }
  const entries = Object.entries(value).map(([key, item]) => [key.startsWith('s') ? key.slice(1) : undefined, unmark(item)] as const);
  const isWhole = entries.every(([key, item]) => key !== undefined && item !== undefined);
  return isWhole ? (Object.fromEntries(entries) as JsonObject) : undefined;
}
