import { UsageError } from '../../domain/shared/errors.ts';
import { nearestTo } from '../../domain/shared/nearest.ts';
import { configJsonSchema, type JsonSchema } from '../../schemas/config-json-schema.ts';

/** Names and indexes that lead to a value of the config. */
export type ConfigPath = readonly (string | number)[];

/**
 * The path that a key such as `distill.partial_min`, `sources.0.paths`, `sources[0].paths` or `cost.prices["harbour/pilot-4.1"]` stands for: a name that
 * holds a dot stands in brackets, as a JSON string. UsageError when the config has no such key.
 */
export function configPath(key: string): ConfigPath {
  const schema = configJsonSchema();
  const path = readPath(key);
  if (path !== undefined && isKnown(schema, path)) return path;
  const nearest = nearestKey(schema, path ?? key.split('.').map(plainWord));
  throw new UsageError(
    `looking for the config key ${key}: expected a known one, found none${nearest === undefined ? '' : `; the nearest is ${nearest}`}.`,
    '`lauter config get` shows them all; `lauter config schema` says what each is for. A name that holds a dot stands in brackets: \'cost.prices["pilot-4.1"]\'.',
  );
}

/** The value at a path of a document, or undefined. */
export function valueAt(document: unknown, path: ConfigPath): unknown {
  let value = document;
  for (const word of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, word)) return undefined;
    value = (value as Record<string | number, unknown>)[word];
  }
  return value;
}

/** Keys that may stand in an object of the config. */
export function keysAt(path: ConfigPath): string[] {
  let schema: JsonSchema | undefined = configJsonSchema();
  for (const word of path) schema = schema === undefined ? undefined : below(schema, word);
  return Object.keys(schema?.properties ?? {});
}

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** Undefined for what has not the form of a key. */
function readPath(key: string): ConfigPath | undefined {
  const path: (string | number)[] = [];
  const steps = `.${key}`;
  for (let at = 0; at < steps.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const [step, name, index, quoted] = STEP.exec(steps) ?? [];
    if (step === undefined) return undefined;
    path.push(quoted === undefined ? plainWord(name ?? index!) : unquoted(quoted));
  }
  return path;
}

function plainWord(word: string): string | number {
  return /^\d+$/.test(word) ? Number(word) : word;
}

/** A name that is no JSON string after all is an empty one, which nothing is known by. */
function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return '';
  }
}

function isKnown(schema: JsonSchema, [word, ...rest]: ConfigPath): boolean {
  if (word === undefined) return true;
  if (word === '') return false;
  const next = below(schema, word);
  return next !== undefined && isKnown(next, rest);
}

/** What may stand under a name or index; below a free record anything may. */
function below(schema: JsonSchema, word: string | number): JsonSchema | undefined {
  if (schema.items !== undefined) return typeof word === 'number' ? schema.items : undefined;
  const named = Object.hasOwn(schema.properties ?? {}, word) ? schema.properties?.[word] : undefined;
  if (named !== undefined) return named;
  if (typeof schema.additionalProperties === 'object') return schema.additionalProperties;
  return Object.keys(schema).length === 0 ? schema : undefined;
}

/** A key with the same last word, else the one with the fewest edits; with the indexes that were given. */
function nearestKey(schema: JsonSchema, path: ConfigPath): string | undefined {
  const known = knownKeys(schema);
  const wanted = path.map((word) => (typeof word === 'number' ? '0' : word));
  const found = known.find((key) => key.split('.').at(-1) === wanted.at(-1)) ?? nearestTo(wanted.join('.'), known);
  return found
    ?.split('.')
    .map((word, at) => (word === '0' && typeof path[at] === 'number' ? String(path[at]) : word))
    .join('.');
}

function knownKeys(schema: JsonSchema, prefix = ''): string[] {
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, next]) => [
    `${prefix}${name}`,
    ...knownKeys(next, `${prefix}${name}.`),
  ]);
  return schema.items === undefined ? named : [...named, `${prefix}0`, ...knownKeys(schema.items, `${prefix}0.`)];
}
