/** Turns one text into another, or returns it as it is. */
type TextChange = (text: string) => string;

/** The list with `change` applied to each element; the very same list when no element changed. */
export function mapShared<T>(list: readonly T[], change: (element: T) => T): readonly T[] {
  let mapped: T[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const before = list[index]!;
    const after = change(before);
    if (after !== before) (mapped ??= [...list])[index] = after;
  }
  return mapped ?? list;
}

/** The object with `change` applied to those of the named fields that are strings; the very same object when none changed. */
export function mapFields<T extends object>(object: T, names: readonly (keyof T)[], change: TextChange): T {
  let mapped = object;
  for (const name of names) {
    const before = object[name];
    const after = typeof before === 'string' ? change(before) : before;
    if (after !== before) mapped = { ...mapped, [name]: after };
  }
  return mapped;
}

/** A JSON-like value with `change` applied to every string in it, the keys of objects among them; the very same value when none changed. */
export function mapStrings<T>(value: T, change: TextChange): T;
export function mapStrings(value: unknown, change: TextChange): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return mapShared<unknown>(value, (element) => mapStrings(element, change));
  if (!isPlainObject(value)) return value;
  let mapped = value;
  let renamed: Map<string, string> | undefined;
  for (const key of Object.keys(value)) {
    const after = mapStrings(value[key], change);
    if (after !== value[key]) mapped = { ...mapped, [key]: after };
    const name = change(key);
    if (name !== key) (renamed ??= new Map()).set(key, name);
  }
  if (renamed === undefined) return mapped;
  return Object.fromEntries(Object.entries(mapped).map(([key, item]) => [renamed.get(key) ?? key, item]));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
