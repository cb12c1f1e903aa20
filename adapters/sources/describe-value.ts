import { quoteShort } from '../../domain/shared/text.ts';
import { asText, type JsonValue } from '../../domain/shared/json.ts';

/** What stands in a field, in a few words, for the "found …" of a refusal: short values as they are, long and nested ones by their kind. */
export function describeValue(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return quoteShort(value, 40);
  return asText(value) ?? 'an object';
}
