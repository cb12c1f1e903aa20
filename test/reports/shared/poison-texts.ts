import { POISON } from '../distill/poison.ts';

interface Schema<Value> {
  safeParse(value: unknown): { readonly success: boolean };
  parse(value: unknown): Value;
}

/** The document with poison behind every text that its schema leaves free. */
export function poisonTexts<Value>(schema: Schema<Value>, document: unknown): Value {
  const poison = (value: unknown, accepts: (changed: unknown) => boolean): unknown => {
    if (typeof value === 'string') return accepts(value + POISON) ? value + POISON : value;
    if (Array.isArray(value)) return value.map((item, at) => poison(item, (changed) => accepts(value.with(at, changed))));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, poison(item, (changed) => accepts({ ...value, [key]: changed }))]),
    );
  };
  return schema.parse(poison(document, (changed) => schema.safeParse(changed).success));
}
