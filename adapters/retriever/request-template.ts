import { ConfigError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { fillTemplate, readPlaceholders, type TemplateValues } from './fill-template.ts';

/** Address and body of a request whose values are filled in for each call. */
export interface RequestTemplate {
  readonly url: string;
  readonly body: JsonValue | undefined;
  readonly names: ReadonlySet<string>;
}

/** Checks a template. ConfigError for an unknown placeholder, and for one in the address that is no value of its query string: there it could lead elsewhere. */
export function readRequestTemplate(given: {
  readonly url: string;
  readonly body: JsonValue | undefined;
  readonly known: readonly string[];
  readonly setting: string;
}): RequestTemplate {
  const { url, body, known, setting } = given;
  const parameters = new URL(url).searchParams;
  const plain = new URL(url);
  plain.search = '';
  if (/(?:\{|%7b){2}/i.test(plain.href)) throw misplaced(`${setting}.url`);
  const inUrl = readPlaceholders(
    [...parameters].map(([key, value]) => ({ [key]: value })),
    known,
    `${setting}.url`,
  );
  const inBody = readPlaceholders(body ?? null, known, `${setting}.body`);
  return { url, body, names: new Set([...inUrl, ...inBody]) };
}

/** The address with the values of its query string filled in; a parameter that is a placeholder without a value is left out. */
export function fillQuery(template: string, values: TemplateValues): URL {
  const url = new URL(template);
  const given = [...url.searchParams];
  if (!given.some(([, text]) => text.includes('{{'))) return url;
  url.search = '';
  for (const [key, text] of given) {
    const { value } = fillTemplate({ value: text }, values) as { readonly value?: JsonValue };
    if (value !== undefined) url.searchParams.append(key, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return url;
}

function misplaced(setting: string): ConfigError {
  return new ConfigError(
    `reading a template, on ${setting}: expected placeholders in the values of the query string only, found one before it.`,
    'Write it as in http://127.0.0.1:8080/search?q={{query}}&n={{limit}}, or send it in the body.',
  );
}
