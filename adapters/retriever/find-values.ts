import { query, type JsonValue as PlainValue } from 'jsonpath-rfc9535';
import type { JsonValue } from '../../domain/shared/json.ts';

/** What a JSONPath (RFC 9535) selects in a value that came from JSON, in its order. Throws for what is no path. */
export function findValues(value: JsonValue, path: string): JsonValue[] {
  return query(value as PlainValue, path);
}

export function isPath(path: string): boolean {
  try {
    query(null, path);
    return true;
  } catch {
    return false;
  }
}
