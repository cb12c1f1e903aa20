import type { JsonObject, JsonValue } from '../../domain/shared/json.ts';

const WIKI_LINK = /(?<!!)\[\[([^[\]|#\n]{1,300})(?:#[^[\]|\n]*)?(?:\|[^[\]\n]*)?\]\]/g;
const MARKDOWN_LINK = /(?<!!)\[[^[\]\n]{1,300}\]\(([^()\s#]{1,300})(?:#[^()\s]*)?\)/g;

/** The pages that texts name as `[[slug]]` or `[name](slug)`, as links of the type `mentions`, each once and never to the page itself. */
export function linksIn(texts: readonly (JsonValue | undefined)[], slug: string): JsonObject[] {
  const targets = new Set<string>();
  for (const text of texts) {
    if (typeof text !== 'string' || !text.includes('[')) continue;
    for (const pattern of [WIKI_LINK, MARKDOWN_LINK])
      for (const [, written] of text.matchAll(pattern)) {
        const target = targetOf(written!.trim(), slug);
        if (target !== undefined && target !== slug) targets.add(target);
      }
  }
  return [...targets].map((target) => ({ type: 'mentions', target }));
}

/** The slug that is meant; undefined for what leads out of the collection. */
function targetOf(written: string, slug: string): string | undefined {
  if (written === '' || /^(?:[a-z][a-z0-9+.-]*:(?!:)|\/\/)/i.test(written)) return undefined;
  const path = written.replace(/^\//, '').replace(/\.(?:md|markdown)$/i, '');
  return path.startsWith('.') ? resolveFrom(slug, path) : path;
}

/** A path that begins with `./` or `../`, from the folder of the page that it stands in; undefined when it leads above the first folder. */
function resolveFrom(slug: string, path: string): string | undefined {
  const parts = slug.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
