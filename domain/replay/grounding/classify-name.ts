import type { GroundingKind } from '../../../schemas/vocabulary.ts';

/** What can be told of a word by its form alone. */
type NameKind = Extract<GroundingKind, 'url' | 'commit' | 'path' | 'identifier'>;

/** What a word without its punctuation names; undefined for a word of plain language and for a number. `before` is the word in front of it. */
export function classifyName(word: string, before: string): NameKind | undefined {
  if (/^[a-z][a-z\d+.-]*:\/\/\S/i.test(word) || /^www\.\S/i.test(word)) return 'url';
  if (word.length > LONGEST_WORD) return 'identifier';
  if (isCommit(word, before)) return 'commit';
  if (!/\p{L}/u.test(word) || ABBREVIATION.test(word) || VERSION.test(word)) return undefined;
  if (isPath(word)) return 'path';
  return isIdentifier(word) ? 'identifier' : undefined;
}

/** Nothing that people say is longer, and no form is worth telling in what is. */
const LONGEST_WORD = 300;

/** Seven to 64 hexadecimal digits, letters and digits among them; of digits or letters alone only where a word says that it is one. */
function isCommit(word: string, before: string): boolean {
  if (!/^[0-9a-f]{7,64}$/i.test(word)) return false;
  return (/\d/.test(word) && /[a-f]/i.test(word)) || /^(?:commits?|sha(?:-?(?:1|256))?|hash|revision|rev)$/i.test(before);
}

const LINES = String.raw`(?::\d+(?:[-:]\d+)*|#L\d+(?:-L?\d+)?)?`;
const ROOTED = /^(?:~|\.{1,2})?\/[\p{L}\p{N}_.@$*{[-]/u;
const DRIVE = /^[A-Za-z]:[\\/]\S/;
const FILE_NAME = new RegExp(String.raw`^\.?[\p{L}\p{N}_@+-][\p{L}\p{N}_.@+-]*\.[a-z][a-z0-9]{0,5}${LINES}$`, 'u');
const DOT_FILE = /^\.[a-z][\w-]+$/i;
/** A number with a letter before it. */
const VERSION = /^v\d+(?:\.\d+)+$/i;
const ABBREVIATION = /^(?:\p{L}\.)+\p{L}?\.?$/u;

/** At least one folder in front of a file's name, parted as Windows does, or a share. */
const BACKSLASHED = /^(?:\\\\[\w.-]+\\\S|[\p{L}\p{N}_.@+-]+(?:\\[\p{L}\p{N}_.@+-]+)*\\[\p{L}\p{N}_@+-][\p{L}\p{N}_.@+-]*\.[a-z]\w{0,5}$)/u;
/** Files that are known by a name without an ending. */
const BARE_FILE = /^(?:Brew|Docker|Gem|Jenkins|Just|Make|Pip|Proc|Rake|Vagrant)file$/;
/** Folders whose names nobody joins to another word by a slash unless a path is meant. */
const FOLDER = /^(?:bin|cmd|crates|dist|etc|lib|node_modules|opt|packages|pkg|src|tmp|usr|var)$/;

function isPath(word: string): boolean {
  if ([ROOTED, DRIVE, DOT_FILE, BACKSLASHED, BARE_FILE].some((form) => form.test(word))) return true;
  if (!word.includes('/')) return FILE_NAME.test(word) && !/^\d+(?:\.\d+)*[a-z]{1,2}$/i.test(word);
  const segments = word.split('/');
  if (segments.some((segment) => segment === '' && segment !== segments.at(-1))) return false;
  return segments.length > 2 || FOLDER.test(segments[0]!) || segments.some((segment) => /[_.@]/.test(segment)) || segments[1] === '';
}

const ORDINAL = /^\d+(?:st|nd|rd|th)$/i;
/** Numbers with letters in them. */
const LITERAL = /^(?:0x[\da-f]+|\d+(?:\.\d+)?e[+-]?\d{1,2})$/i;
const ACRONYM = /^\p{Lu}+(?:'?s)?$/u;

function isIdentifier(word: string): boolean {
  if (/^--[a-z][\w-]*$/i.test(word) || /^\$\{?[A-Za-z_]\w*\}?$/.test(word)) return true;
  if (/\p{L}::\p{L}/u.test(word) || /^[\p{L}_][\w.:]*\([^()]*\)$/u.test(word) || /[\p{L}\p{N}]_[\p{L}\p{N}]/u.test(word)) return true;
  if (/^[\p{L}\p{N}][\p{L}\p{N}.+-]*@[\p{L}\p{N}-]+\.[\p{L}\p{N}.-]+$/u.test(word)) return true;
  if (ORDINAL.test(word) || ACRONYM.test(word) || LITERAL.test(word)) return false;
  if (/\p{N}/u.test(word)) return /^\p{L}[\p{L}\p{N}.:+-]*$/u.test(word) || /^\p{N}+\p{L}+\p{N}/u.test(word);
  return /\p{Ll}\p{Lu}/u.test(word) || /^\p{Lu}{2,}\p{Ll}{2,}/u.test(word) || /^[\p{L}_]\w*(?:\.[\p{L}_]\w*)+$/u.test(word);
}
