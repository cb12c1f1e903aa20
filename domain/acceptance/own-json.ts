/** A JSON value of which every text and number is kept as canonical JSON spells it. */
export type OwnValue = string | readonly OwnValue[] | ReadonlyMap<string, OwnValue>;

/**
 * Reads a JSON text by another way than the pipeline's: one walk that spells as it reads. It shares no code with domain/shared, so that a mistake there
 * is not repeated here. The text must be valid JSON.
 */
export function readOwn(text: string): OwnValue {
  let at = 0;
  const skip = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at += 1;
  };
  const quoted = (): string => {
    const start = at;
    for (at += 1; text[at] !== '"'; at += text[at] === '\\' ? 2 : 1);
    at += 1;
    return JSON.parse(text.slice(start, at)) as string;
  };
  const list = (): OwnValue[] => {
    const items: OwnValue[] = [];
    for (at += 1, skip(); text[at] !== ']'; skip()) {
      if (text[at] === ',') at += 1;
      items.push(value());
    }
    at += 1;
    return items;
  };
  const object = (): Map<string, OwnValue> => {
    const fields = new Map<string, OwnValue>();
    for (at += 1, skip(); text[at] !== '}'; skip()) {
      if (text[at] === ',') at += 1;
      skip();
      const key = quoted();
      skip();
      at += 1;
      fields.set(key, value());
    }
    at += 1;
    return fields;
  };
  const plain = (): string => {
    const start = at;
    while (at < text.length && !' \t\r\n,]}'.includes(text[at]!)) at += 1;
    const word = text.slice(start, at);
    // Digits that a double would change stay as they were written.
    if (/^-?\d+$/.test(word) && !Number.isSafeInteger(Number(word))) return word;
    return /^-?\d/.test(word) ? String(Number(word)) : word;
  };
  const value = (): OwnValue => {
    skip();
    if (text[at] === '"') return JSON.stringify(quoted());
    if (text[at] === '[') return list();
    return text[at] === '{' ? object() : plain();
  };
  return value();
}

/** The canonical text of a value. */
export function spellOwn(value: OwnValue): string {
  if (typeof value === 'string') return value;
  if (!isFields(value)) return `[${value.map(spellOwn).join(',')}]`;
  const fields = [...value].sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${spellOwn(field)}`).join(',')}}`;
}

/** What a JSON pointer leads to; undefined when it leads nowhere. */
export function followOwn(value: OwnValue, pointer: string): OwnValue | undefined {
  let found: OwnValue | undefined = value;
  for (const step of pointer.split('/').slice(1)) {
    if (found === undefined || typeof found === 'string') return undefined;
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    found = isFields(found) ? found.get(key) : found[Number(key)];
  }
  return found;
}

/** True for an object; `Array.isArray` does not narrow a readonly list. */
export function isFields(value: OwnValue): value is ReadonlyMap<string, OwnValue> {
  return value instanceof Map;
}
