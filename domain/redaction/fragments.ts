/**
 * Inside a word, or on the letter of a JSON escape. The end of an escape (`\n`, `\u00e9`) is no inside, so `\nkeeper` begins behind `\n`; and
 * because `n` itself begins nothing, `\n` keeps it and JSON text stays JSON.
 */
const INSIDE_WORD = String.raw`(?<!\\(?:u[\dA-Fa-f]{3})?)\w|\\u|\\(?=[bfnrtu])`;

/** Where a word or number may begin. */
export const WORD_START = `(?<!${INSIDE_WORD})`;

/** The same for tokens that hold dashes; a dash before them is allowed only as the minus sign of a diff. Needs the flag `m`. */
export const TOKEN_START = String.raw`(?<!${INSIDE_WORD}|(?<!^|\\n)-)`;

/** A quotation mark with the backslashes it carries inside JSON text, and inside JSON inside JSON. */
export const QUOTE = String.raw`(?:\\{0,7}["'\x60])`;

/** What stands between the name of a setting and its value: `=`, `: `, `" => `, `: str = `, `"] = `. Ends before the value's quotation mark. */
export const ASSIGNS = String.raw`(?:${QUOTE}?\]?[ \t]{0,4}(?:(?::[ \t]?[A-Za-z]{1,10}[ \t]?)?={1,3}>?|:=?)[ \t]{0,4})`;

/** Opens a literal, with the prefix letters of Python. A quotation mark before one of these signs ends a string of JSON instead. */
export const OPENS = String.raw`(?:[fbru]{0,2}${QUOTE}(?![,:}\]]))`;

/** Punctuation of Chinese and Japanese, which no white space follows. */
const WIDE_SIGNS = String.raw`\u3001\u3002\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f`;

/** Quotation marks, separators and brackets end a bare value. */
export const BARE = String.raw`[^\s"'\x60\\,;&<>(){}[\]|${WIDE_SIGNS}]`;

/** What may follow a value. An opening bracket is missing here: it makes a call or an index of what stands before it. */
export const CLOSES = String.raw`(?=[\s"'\x60\\,;&<>)}\]|${WIDE_SIGNS}]|$)`;

/** A value in quotation marks, of any signs but white space: an escaped backslash may stand in it, any other escape ends it, and so does JSON around it. */
export const QUOTED = ['"', "'", String.raw`\x60`].map(quoted).join('|');

/** A value without quotation marks, which has a digit or a sign in it, because words are mostly code or prose. */
export const MIXED = String.raw`(?<!["'\x60])(?=${BARE}{0,127}[\d!@#$%^*~+?])${BARE}{1,128}${CLOSES}`;

function quoted(mark: string): string {
  const jsonEnd = '"(?=[,:}\\]])';
  return String.raw`(?<=${mark})(?:(?!${jsonEnd})[^\s${mark}\\]|\\\\(?!\\*["'\x60])){1,128}(?=\\*${mark})`;
}
