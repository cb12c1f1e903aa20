import { parseRecord } from '../../domain/shared/parse-record.ts';
import { asNumber, asString, isObject, NumberText, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';

/** The value that an OTLP `AnyValue` wraps; a value that is not wrapped stays as it is. */
export function valueOf(wrapped: JsonValue | undefined): JsonValue {
  if (!isObject(wrapped)) return wrapped ?? null;
  if ('stringValue' in wrapped) return wrapped.stringValue ?? null;
  if ('boolValue' in wrapped) return wrapped.boolValue ?? null;
  if ('intValue' in wrapped) return integerOf(wrapped.intValue);
  if ('doubleValue' in wrapped) return wrapped.doubleValue ?? null;
  if ('arrayValue' in wrapped) return listOf(wrapped.arrayValue).map(valueOf);
  if ('kvlistValue' in wrapped) return attributesOf(isObject(wrapped.kvlistValue) ? wrapped.kvlistValue.values : null);
  if ('bytesValue' in wrapped) return wrapped.bytesValue ?? null;
  return Object.keys(wrapped).length === 0 ? null : wrapped;
}

/** Attributes by name, from OTLP's list of keys and values or from a plain object. */
export function attributesOf(given: JsonValue | undefined): JsonObject {
  if (isObject(given)) return given;
  const attributes: [string, JsonValue][] = [];
  for (const pair of Array.isArray(given) ? given : []) {
    if (isObject(pair) && typeof pair.key === 'string') attributes.push([pair.key, valueOf(pair.value)]);
  }
  return Object.fromEntries(attributes);
}

/** The JSON value that a text spells, or the value itself when it is structured already; undefined for a text that is no JSON. */
export function structured(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'string') return value;
  const parsed = parseRecord(value);
  return parsed.ok ? parsed.value : undefined;
}

/** Nanoseconds since 1970: OTLP writes them as text, because a double cannot hold them; some exporters write the number all the same. */
export function nanosOf(value: JsonValue | undefined): bigint | undefined {
  const text = value instanceof NumberText ? value.text : typeof value === 'number' ? String(value) : asString(value);
  return text !== undefined && /^\d{1,20}$/.test(text) && BigInt(text) > 0n ? BigInt(text) : undefined;
}

/** Objects and lists out of names with dots and indices (`llm.input_messages.0.message.role`) that begin with `prefix`, as a list; undefined when there are none. */
export function unflattened(attributes: JsonObject, prefix: string): JsonValue[] | undefined {
  const root: Node = new Map();
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.startsWith(`${prefix}.`)) continue;
    const path = name.slice(prefix.length + 1).split('.');
    if (!/^\d+$/.test(path[0] ?? '')) continue;
    let node = root;
    for (const step of path.slice(0, -1)) {
      const next = node.get(step);
      if (next instanceof Map) node = next;
      else {
        const fresh: Node = new Map();
        node.set(step, fresh);
        node = fresh;
      }
    }
    node.set(path.at(-1) ?? '', value);
  }
  return root.size === 0 ? undefined : inOrder(root).map(([, value]) => plain(value));
}

type Node = Map<string, JsonValue | Node>;

function plain(value: JsonValue | Node): JsonValue {
  if (!(value instanceof Map)) return value;
  const isList = [...value.keys()].every((key) => /^\d+$/.test(key));
  const entries = inOrder(value).map(([key, item]): [string, JsonValue] => [key, plain(item)]);
  return isList ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function inOrder(node: Node): [string, JsonValue | Node][] {
  return [...node].sort(([left], [right]) => Number(left) - Number(right) || 0);
}

function integerOf(value: JsonValue | undefined): JsonValue {
  if (typeof value !== 'string' || !/^-?\d{1,20}$/.test(value)) return asNumber(value) ?? value ?? null;
  return Number.isSafeInteger(Number(value)) ? Number(value) : new NumberText(value);
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  if (isObject(value) && Array.isArray(value.values)) return value.values;
  return Array.isArray(value) ? value : [];
}
