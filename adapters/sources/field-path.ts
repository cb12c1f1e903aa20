import { isObject, type JsonValue } from '../../domain/shared/json.ts';

/** A path into a record, ready to be followed. */
export interface FieldPath {
  /** As the config spells it. */
  readonly text: string;
  readonly steps: readonly string[];
  readonly isOptional: boolean;
}

/** Reads a JSON pointer (`/a/b/0`) or a dotted path (`a.b.0`), either with a `?` at the end when records may lack the field. */
export function parseFieldPath(text: string): FieldPath {
  const isOptional = text.endsWith('?');
  const path = isOptional ? text.slice(0, -1) : text;
  const steps = path.startsWith('/')
    ? path
        .slice(1)
        .split('/')
        .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    : path.split('.');
  return { text, steps, isOptional };
}

/** The value that the path leads to, undefined when it leads nowhere. */
export function followPath(value: JsonValue, { steps }: FieldPath): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const step of steps) {
    if (Array.isArray(at)) at = /^(?:0|[1-9]\d*)$/.test(step) ? at[Number(step)] : undefined;
    else at = isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}
