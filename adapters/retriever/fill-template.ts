import { ConfigError } from '../../domain/shared/errors.ts';
import { isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';

/** Values by the names under which a template asks for them. Undefined: there is none this time. */
export type TemplateValues = Readonly<Record<string, JsonValue | undefined>>;

/** What a search fills in. */
export const SEARCH_PLACEHOLDERS = ['query', 'limit', 'collection', 'source', 'strategy'];

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;
const ONLY_PLACEHOLDER = /^\{\{\s*(\w+)\s*\}\}$/;

/**
 * The template with its placeholders filled in. It is a JSON value, not a text: a string that is one placeholder and nothing else becomes the value with its
 * type, a placeholder inside a longer string becomes text there, and nothing in a value is ever read as a placeholder or as JSON. Where there is no value, a
 * property is left out, an element is null and text is empty.
 */
export function fillTemplate(template: JsonValue, values: TemplateValues): JsonValue {
  return fill(template, values) ?? null;
}

/** Every placeholder of a template. ConfigError for one that is not among the known, and for one in a key, where none is filled in. */
export function readPlaceholders(template: JsonValue, known: readonly string[], setting: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { text, isKey } of textsOf(template)) {
    for (const [, name = ''] of text.matchAll(PLACEHOLDER)) {
      if (isKey || !known.includes(name)) throw strange(name, isKey, known, setting);
      names.add(name);
    }
  }
  return names;
}

/** ConfigError for a template that does not say where the query goes. */
export function requireQuery(names: ReadonlySet<string>, setting: string): void {
  if (names.has('query')) return;
  throw new ConfigError(
    `reading a template, on ${setting}: expected {{query}}, found it nowhere.`,
    'Say where the query goes, as in "q": "{{query}}".',
  );
}

function fill(template: JsonValue, values: TemplateValues): JsonValue | undefined {
  if (typeof template === 'string') return fillText(template, values);
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, values));
  if (!isObject(template)) return template;
  const entries = Object.entries(template).map(([key, item]) => [key, fill(item, values)] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, JsonValue] => entry[1] !== undefined)) satisfies JsonObject;
}

function fillText(text: string, values: TemplateValues): JsonValue | undefined {
  const only = ONLY_PLACEHOLDER.exec(text)?.[1];
  if (only !== undefined) return values[only];
  return text.replace(PLACEHOLDER, (_, name: string) => inText(values[name]));
}

function inText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function textsOf(template: JsonValue): { readonly text: string; readonly isKey: boolean }[] {
  if (typeof template === 'string') return [{ text: template, isKey: false }];
  if (Array.isArray(template)) return template.flatMap(textsOf);
  if (!isObject(template)) return [];
  return Object.entries(template).flatMap(([key, item]) => [{ text: key, isKey: true }, ...textsOf(item)]);
}

function strange(name: string, isKey: boolean, known: readonly string[], setting: string): ConfigError {
  const list = known.map((other) => `{{${other}}}`).join(', ');
  const fault = isKey ? `expected a placeholder in a value, found {{${name}}} in a key` : `expected ${list}, found {{${name}}}`;
  return new ConfigError(`reading a template, on ${setting}: ${fault}.`, `Placeholders there are: ${list}.`);
}
