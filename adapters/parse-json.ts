import type { JsonValue } from '../domain/shared/json.ts';

/** The JSON value of a reply; undefined when it is none. What the parser complains of is left out: it quotes the text. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
