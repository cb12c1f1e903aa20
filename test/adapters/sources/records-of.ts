import type { Layout, RawRecord } from '../../../adapters/sources/source-adapter.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';

/** The raw records of a text, by `JSON.parse` of the whole or of each line. `line` is exact for line layouts and 0 elsewhere. */
export function recordsOf(text: string, layout: Layout): RawRecord[] {
  if (layout === 'document') return [{ value: parse(text), locator: {}, line: 0 }];
  if (layout === 'elements') return elementsOf(parse(text));
  if (layout === 'log') return samplesOf(parse(text));
  const lines = text.split('\n').flatMap((line, number) => (isJson(line) ? [{ number, value: parse(line) }] : []));
  if (layout === 'lines') return lines.map(({ number, value }) => ({ value, locator: { line: number }, line: number }));
  const first = lines[0]?.number ?? 0;
  return [{ value: lines.map(({ value }) => value), locator: { line: first }, line: first, lines: lines.map(({ number }) => number) }];
}

function elementsOf(container: JsonValue): RawRecord[] {
  const isList = Array.isArray(container);
  return Object.entries(container as object).map(([key, value]) => ({
    value: value as JsonValue,
    locator: { pointer: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` },
    line: 0,
    ...(!isList && { key }),
  }));
}

function samplesOf(log: JsonValue): RawRecord[] {
  const { samples, ...header } = log as JsonObject;
  return ((samples ?? []) as JsonValue[]).map((value, index) => ({ value, header, locator: { pointer: `/samples/${index}` }, line: 0 }));
}

function isJson(line: string): boolean {
  try {
    parse(line);
    return true;
  } catch {
    return false;
  }
}

function parse(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}
