/**
 * Text from traces is hostile until it is escaped for the place it lands in. One function per place; each first makes
 * visible what a reader could not see: control characters, halves of surrogate pairs, and characters that reorder or hide text.
 */

/** Text for the content of an HTML or SVG element. */
export function escapeHtml(text: string): string {
  return showInvisible(text, KEPT_IN_BLOCKS).replace(/[&<>]/g, (sign) => HTML_ENTITIES[sign] ?? sign);
}

/** Text for an attribute value that stands in double quotes. */
export function escapeAttribute(text: string): string {
  return showInvisible(text, KEPT_IN_BLOCKS).replace(/[&<>"'\n\t]/g, (sign) => HTML_ENTITIES[sign] ?? sign);
}

/** Text for one line of Markdown or one cell of a table: no markup, link, mention or formula of its own survives. */
export function escapeMarkdown(text: string): string {
  return onOneLine(text)
    .trim()
    .replace(/[\\`*<>[\]|~$&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/^(\d{1,9})(?=[.)](?:\s|$))|^(?=#+(?:\s|$)|[-+](?:\s|$)|[-=]+$)/, '$1\\')
    .replace(/:(?=\/\/)|@|(?<=\bwww)\./gi, '\\$&');
}

/** Text as a Markdown code span, where nothing but its own fence has a meaning (and, in a table, the bar between cells). */
export function markdownCode(text: string): string {
  const line = onOneLine(text);
  const longestRun = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const padding = /^`|`$|^ .* $|^$/.test(line) ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** One CSV cell. Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers. */
export function escapeCsv(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const shown = showInvisible(value, KEPT_IN_CELLS);
  const guarded = FORMULA_START.test(shown) ? `'${shown}` : shown;
  // A semicolon or tab is a separator in some locales, so it is quoted too.
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Text for one line of a terminal: no escape sequence, line break or reordering of its own survives. */
export function escapeTerminal(text: string): string {
  return showInvisible(text, KEPT_NOWHERE);
}

/** Text for a picture that escapes its own markup: only what could not be seen is made visible, on one line. */
export function showText(text: string): string {
  return onOneLine(text);
}

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\n': '&#10;',
  '\t': '&#9;',
};

const KEPT_IN_BLOCKS = /[\n\t]/;
const KEPT_IN_CELLS = /[\r\n\t]/;
const KEPT_NOWHERE = /(?!)/;

const FORMULA_START = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** Controls, lone surrogates, line separators, bidirectional embeddings and isolates, and the invisible tag characters. */
const INVISIBLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

function showInvisible(text: string, kept: RegExp): string {
  return text.replace(INVISIBLE, (sign) => (kept.test(sign) ? sign : codePointNotation(sign)));
}

function codePointNotation(sign: string): string {
  const digits = (sign.codePointAt(0) ?? 0).toString(16);
  return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits.padStart(4, '0')}`;
}

function onOneLine(text: string): string {
  return showInvisible(text.replace(/\s*[\r\n\t\u2028\u2029]+\s*/g, ' '), KEPT_NOWHERE);
}
