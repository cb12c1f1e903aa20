import { isScalar, parseDocument, visit } from 'yaml';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';

/** Bytes that front matter may have: it is read by recursion, and what is larger is none. */
const MAX_FRONT_MATTER_CHARS = 1 << 16;
/** Uses of one anchor: beyond it a few lines could stand for gigabytes. */
const MAX_ALIAS_COUNT = 50;

/** A Markdown text in two: the fields of its front matter, and what follows. */
export type SplitMarkdown = { readonly fields: JsonObject; readonly body: string } | { readonly reason: string };

/** Reads the YAML between a first line `---` and the next. A text that does not begin with such a line has no fields. */
export function splitFrontMatter(text: string): SplitMarkdown {
  const opening = /^---[ \t]*\n/.exec(text);
  if (opening === null) return { fields: {}, body: text };
  const rest = text.slice(opening[0].length);
  const closing = /^---[ \t]*(?:\n|$)/m.exec(rest);
  if (closing === null) return { reason: 'front matter: expected a line --- that ends it, found none' };
  const yaml = rest.slice(0, closing.index);
  const fields = yaml.length > MAX_FRONT_MATTER_CHARS ? tooLong(yaml) : readFields(yaml);
  return typeof fields === 'string'
    ? { reason: `front matter: ${fields}` }
    : { fields, body: rest.slice(closing.index + closing[0].length) };
}

function tooLong(yaml: string): string {
  return `expected at most ${MAX_FRONT_MATTER_CHARS} characters, found ${yaml.length}`;
}

/** The fields, or why they cannot be read. A number keeps the spelling it has: `007` is a slug, and `1.10` a title. */
function readFields(yaml: string): JsonObject | string {
  try {
    const document = parseDocument(yaml, { prettyErrors: false, logLevel: 'silent' });
    const [error] = document.errors;
    if (error !== undefined) return `expected YAML, found a fault at character ${error.pos[0]} (${error.code})`;
    visit(document, (_, node) => {
      if (isScalar(node) && typeof node.value === 'number' && node.source !== undefined) node.value = node.source;
    });
    const value = (document.toJS({ maxAliasCount: MAX_ALIAS_COUNT }) ?? {}) as JsonValue;
    // What is no JSON (a map with maps for keys, a cycle of anchors) shows while it is written.
    canonicalJson(value);
    return isObject(value) ? value : 'expected fields, found another value';
  } catch (error) {
    return `expected plain YAML, found what cannot be read (${error instanceof Error ? error.name : 'fault'})`;
  }
}
