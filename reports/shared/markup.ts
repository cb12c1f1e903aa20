import { escapeAttribute, escapeHtml } from './escape.ts';

/** HTML that is safe to send as it is. Comes only from {@link markup} and, where a reviewer should look, {@link trustMarkup}. */
class SafeMarkup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}
export type Markup = SafeMarkup;

/** What may stand in the gaps of a template: text and numbers are escaped, markup is kept. */
export type Insert = string | number | Markup | readonly Markup[];

/** No markup at all. */
export const nothing: Markup = new SafeMarkup('');

/**
 * Template tag for HTML: escapes every insert for its place, between tags or inside a quoted attribute value.
 * Throws a TypeError for an insert in any other place, because no escaping would make it safe there.
 */
export function markup(literals: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  const places = placesOf(literals);
  const parts = inserts.map((insert, index) => `${write(insert, places[index] ?? 'text')}${literals[index + 1] ?? ''}`);
  return new SafeMarkup(`${literals[0] ?? ''}${parts.join('')}`);
}

/** Declares text to be safe HTML. Every call is a promise that no outside text reaches it unescaped. */
export function trustMarkup(html: string): Markup {
  return new SafeMarkup(html);
}

/** A link target beside the page: always relative, so that no scheme or host can be smuggled in. */
export function besideHref(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}

type Place = 'text' | 'value';

function write(insert: Insert, place: Place): string {
  if (typeof insert === 'string') return place === 'text' ? escapeHtml(insert) : escapeAttribute(insert);
  if (typeof insert === 'number') return String(insert);
  if (place === 'value') throw new TypeError('Writing markup: expected text inside an attribute value, found markup. Pass the text.');
  return insert instanceof SafeMarkup ? insert.html : insert.map((piece) => piece.html).join('');
}

const knownPlaces = new WeakMap<TemplateStringsArray, readonly Place[]>();

/** A template is scanned once, not once per table cell. */
function placesOf(literals: TemplateStringsArray): readonly Place[] {
  const known = knownPlaces.get(literals);
  if (known !== undefined) return known;
  const places = scanPlaces(literals);
  knownPlaces.set(literals, places);
  return places;
}

function scanPlaces(literals: readonly string[]): Place[] {
  let place: Place | 'tag' = 'text';
  return literals.slice(0, -1).map((literal) => {
    for (const sign of literal) place = placeAfter(place, sign);
    if (place === 'tag')
      throw new TypeError(`Writing markup: expected quotes around an insert, found it bare after "${literal}". Quote the attribute value.`);
    return place;
  });
}

function placeAfter(place: Place | 'tag', sign: string): Place | 'tag' {
  if (place === 'text') return sign === '<' ? 'tag' : 'text';
  if (place === 'value') return sign === '"' ? 'tag' : 'value';
  if (sign === '>') return 'text';
  return sign === '"' ? 'value' : 'tag';
}
