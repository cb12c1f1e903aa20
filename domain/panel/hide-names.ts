/**
 * A text without the names of models: each given name, and the part of it that names the model, with the prefix of a provider (`maker/` or `maker:`) or
 * a date behind it, in any letter case, a space for a hyphen or not, as whole words; `[model]` stands in their place. A longer name that only begins
 * with a given one is another name and stays.
 */
export function hideNames(text: string, names: readonly string[]): string {
  const words = [...new Set(names.flatMap((name) => [name.trim(), modelPart(name.trim())]))].filter((name) => name !== '');
  if (words.length === 0) return text;
  // The longest first: where one name begins with another, all of it goes.
  const anyOf = words
    .toSorted((a, b) => b.length - a.length)
    .map(patternOf)
    .join('|');
  return text.replaceAll(new RegExp(`${BEFORE}(?:[\\w.-]{1,40}[/:]){0,2}(?:${anyOf})${DATE}${BEHIND}`, 'giu'), HIDDEN);
}

const HIDDEN = '[model]';
const BEFORE = String.raw`(?<![\p{L}\p{N}_.-])`;
const DATE = String.raw`(?:[-@:](?:\d{8}|\d{4}-\d{2}-\d{2}|latest))?`;
/** A full stop ends a sentence, and goes on with a name where something follows it. */
const BEHIND = String.raw`(?![\p{L}\p{N}_]|[.-][\p{L}\p{N}])`;

/** Without the provider before it and the tag behind it: `maker/model:8b`, `maker:model`. */
function modelPart(name: string): string {
  const [first = '', second] = (name.split('/').at(-1) ?? '').split(':');
  return second === undefined || /^(?:\d.*|latest|free)$/i.test(second) ? first : second;
}

function patternOf(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(/[-_ ]/g, '[-_ ]');
}
