/** What a UTF-16 unit means for cutting a text into words. */
export const CHARACTER = {
  separator: 0,
  letter: 1,
  digit: 2,
  /** A word by itself: scripts that are written without spaces. */
  ideograph: 3,
  /** Not there for a reader: zero-width characters, variation selectors. */
  invisible: 4,
  apostrophe: 5,
  hyphen: 6,
  softHyphen: 7,
  /** A sign that says something by itself (`<`, `+`, `€`): no word, but two texts that differ by it are not the same. */
  sign: 8,
} as const;

/** Class of each UTF-16 unit and its lower-case form. */
export interface CharacterTable {
  readonly classes: Uint8Array;
  readonly lower: Uint16Array;
}

const ASCII = 128;
const UNITS = 0x10000;

const ASCII_TABLE = buildTable(ASCII);
let wholeTable: CharacterTable | undefined;

/** The table for texts of ASCII alone, which is built at once, or the one for all texts, which takes some 20 ms and is built when it is first needed. */
export function characterTable(isAscii: boolean): CharacterTable {
  if (isAscii) return ASCII_TABLE;
  return (wholeTable ??= buildTable(UNITS));
}

function buildTable(units: number): CharacterTable {
  const classes = new Uint8Array(units);
  const lower = new Uint16Array(units);
  for (let unit = 0; unit < units; unit += 1) {
    const character = String.fromCharCode(unit);
    const small = character.toLowerCase();
    lower[unit] = small.length === 1 ? small.charCodeAt(0) : unit;
    classes[unit] = classOf(character);
  }
  return { classes, lower };
}

function classOf(character: string): number {
  if (character === '\u00ad') return CHARACTER.softHyphen;
  if (/[-\u2010\u2011]/.test(character)) return CHARACTER.hyphen;
  if (/['\u2018\u2019\u02bc]/.test(character)) return CHARACTER.apostrophe;
  // Half of a pair belongs to a rare ideograph or an emoji: both stand for a word.
  if (/[\ud800-\udfff]/.test(character)) return CHARACTER.letter;
  if (/[\p{Cf}\ufe00-\ufe0f]/u.test(character)) return CHARACTER.invisible;
  if (/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/u.test(character)) {
    return /[\p{L}\p{N}]/u.test(character) ? CHARACTER.ideograph : /\p{M}/u.test(character) ? CHARACTER.invisible : CHARACTER.separator;
  }
  if (/\p{Nd}/u.test(character)) return CHARACTER.digit;
  if (/[\p{L}\p{M}\p{N}]/u.test(character)) return CHARACTER.letter;
  return /[+<=%$€£¥^\p{Sm}]/u.test(character) && !/[>|~]/.test(character) ? CHARACTER.sign : CHARACTER.separator;
}
