import { createRedactor, type Redactor } from '../redaction/index.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { isObject, type JsonValue } from '../shared/json.ts';
import { cut } from '../shared/text.ts';

/**
 * A source record as it may be shown: every string in it redacted, keys too, and then its canonical text once more, because a key and its value
 * can be a secret together. Cut only after that: half a secret would no longer be recognised as one.
 */
export function redactSource(value: JsonValue, maxChars: number): { readonly text: string; readonly is_cut: boolean } {
  const redactor = createRedactor();
  const text = redactor.redactJson(canonicalJson(redactStrings(value, redactor)));
  return { text: cut(text, maxChars), is_cut: text.length > maxChars };
}

function redactStrings(value: JsonValue, redactor: Redactor): JsonValue {
  if (typeof value === 'string') return redactor.redactJson(value);
  if (Array.isArray(value)) return value.map((element) => redactStrings(element, redactor));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redactor.redact(key), redactStrings(inner, redactor)]));
}
