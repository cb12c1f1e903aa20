import { asArray, asText, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import { searchPageSchema, type SearchPage } from '../../schemas/search-page.ts';
import { linksIn } from './links-in.ts';
import { statedDate } from './stated-date.ts';
import { withoutPrivate } from './without-private.ts';

/** What a page has where its fields do not say it. */
export interface PageDefaults {
  readonly slug?: string | undefined;
  readonly title?: string | undefined;
  /** Source of every page that is read, whatever a page says; undefined when none was named. */
  readonly source: string | undefined;
}

/** Fields that hold what a page says; one of them at least makes a page. */
const CONTENT = ['title', 'compiled_truth', 'timeline', 'text', 'content', 'body'] as const;

/**
 * The page that these fields describe, or why they describe none. The slug is `slug`, else one of the named `ids`, else the default. Links that stand in
 * the texts are added as `mentions`. Fields that begin with `_` are gone, except for an id.
 */
export function toPage(
  raw: JsonObject,
  ids: readonly string[],
  defaults: PageDefaults,
): { readonly page: SearchPage } | { readonly reason: string } {
  const fields = withoutPrivate(raw);
  if (!CONTENT.some((name) => fields[name] !== undefined)) return { reason: `expected one of ${CONTENT.join(', ')}, found none` };
  const slug = ['slug', ...ids].map((name) => asText(raw[name])).find((text) => text !== undefined && text !== '') ?? defaults.slug;
  if (slug === undefined) return { reason: `expected one of ${['slug', ...ids].join(', ')}, found none` };
  const texts = {
    compiled_truth: textOf(fields.compiled_truth),
    timeline: textOf(fields.timeline),
    text: textOf(fields.text ?? fields.content ?? fields.body),
  };
  const parsed = searchPageSchema.safeParse(
    withoutAbsent({
      ...texts,
      source_id: defaults.source ?? asText(fields.source_id),
      slug,
      title: asText(fields.title) ?? defaults.title ?? '',
      type: asText(fields.type),
      aliases: listOf(fields.aliases).map((alias) => asText(alias) ?? alias),
      links: [...listOf(fields.links).map(linkOf), ...linksIn(Object.values(texts), slug)].filter(isFirstOfItsKind()),
      takes: listOf(fields.takes).map(takeOf),
      superseded_by: asText(fields.superseded_by),
      ...statedDate(fields),
      session_id: asText(fields.session_id),
      salience: numberOf(fields.salience),
      updated_at: asText(fields.updated_at),
      embedding_dim: numberOf(fields.embedding_dim),
    }),
  );
  if (!parsed.success) return { reason: toldIssue(parsed.error.issues[0]) };
  const fault = faultOfIdentity(parsed.data);
  return fault === undefined ? { page: parsed.data } : { reason: fault };
}

/** Source and slug stand in one line with `::` between them and a tab behind, and must be told apart there. */
function faultOfIdentity({ source_id: source, slug }: SearchPage): string | undefined {
  if (!isSlug(slug)) return 'expected a slug without control characters, found another';
  return isSourceId(source) ? undefined : 'expected a source_id of letters, digits, dots, hyphens, underscores and slashes, found another';
}

/** True for a text that can stand for a page. */
export function isSlug(text: string): boolean {
  return !isBlank(text) && !/[\p{Cc}\u2028\u2029]/u.test(text);
}

/** True for a name that can stand for a source of pages. */
export function isSourceId(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._/@+-]{0,199}$/u.test(name);
}

/** A text, or lines of text; a blank one is none. What is neither stays as it is, for the schema to refuse. */
function textOf(value: JsonValue | undefined): JsonValue | undefined {
  const text = Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('\n') : value;
  return text === null || (typeof text === 'string' && isBlank(text)) ? undefined : text;
}

/** One value stands for a list of one. */
function listOf(value: JsonValue | undefined): JsonValue[] {
  if (value === undefined || value === null || value === '') return [];
  return asArray(value) ?? [value];
}

/** A link that is only a text leads to a page in no special way. */
function linkOf(value: JsonValue): JsonValue {
  if (typeof value === 'string') return { type: 'link', target: value };
  return isObject(value) ? { type: value.type ?? 'link', target: value.target ?? null } : value;
}

function takeOf(value: JsonValue, at: number): JsonValue {
  if (!isObject(value)) return value;
  const stated = Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
  return { ...stated, row_num: numberOf(value.row_num) ?? at + 1, text: asText(value.text) ?? null, holder: asText(value.holder) ?? '' };
}

/** A number, also one that is written as a text: front matter keeps the spelling of its numbers. */
function numberOf(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : (value ?? undefined);
}

function isFirstOfItsKind(): (link: JsonValue) => boolean {
  const seen = new Set<string>();
  return (link) => {
    const key = isObject(link) ? JSON.stringify([link.type, link.target]) : '';
    if (key !== '' && seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}

function withoutAbsent(fields: Readonly<Record<string, JsonValue | undefined>>): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function toldIssue(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string {
  return `field ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not what it must be'}`;
}
