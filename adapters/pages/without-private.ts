import { isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';

/**
 * The fields of a page without those whose name begins with `_`, at any depth. Such fields hold what is about a page and not of it, answer keys for
 * example; nothing behind this function ever sees them.
 */
export function withoutPrivate(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !name.startsWith('_'))
      .map(([name, value]) => [name, cleaned(value)]),
  );
}

function cleaned(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(cleaned);
  return isObject(value) ? withoutPrivate(value) : value;
}
