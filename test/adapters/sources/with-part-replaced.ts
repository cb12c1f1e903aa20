import { isObject, type JsonValue } from '../../../domain/shared/json.ts';

/** A copy where the part the steps lead to is replaced, or removed when `part` is undefined; a step picks a child, modulo their count. */
export function withPartReplaced(value: JsonValue, steps: readonly number[], part: JsonValue | undefined): JsonValue {
  const [step, ...rest] = steps;
  const keys = isObject(value) || Array.isArray(value) ? Object.keys(value) : [];
  const key = step === undefined ? undefined : keys[step % keys.length];
  if (key === undefined) return part ?? null;
  const entries = Object.entries(value as object) as [string, JsonValue][];
  const isEnd = rest.length === 0;
  const changed = entries.flatMap(([name, item]): [string, JsonValue][] => {
    if (name !== key) return [[name, item]];
    if (isEnd && part === undefined) return [];
    return [[name, isEnd ? (part as JsonValue) : withPartReplaced(item, rest, part)]];
  });
  return Array.isArray(value) ? changed.map(([, item]) => item) : Object.fromEntries(changed);
}
