/** Kinds of words that refuse. */
export type RefusalPattern = 'apology' | 'denial' | 'as_an_ai';

const ADVERB = '(?: (?:\\w+ly|just|also|still|now|therefore|so|very|afraid(?: that)?(?: i| we)))*';
const BEING = "(?:i|we)(?:'m| am|'re| are| was| were| would be|'ll be| will be)";

/** Texts of regular expressions over lower-case text with plain apostrophes and single spaces. */
const PATTERNS: readonly (readonly [RefusalPattern, string])[] = [
  [
    'apology',
    `\\b${BEING}${ADVERB} sorry\\b|\\b(?:i|we)${ADVERB}(?: must| do| have to| want to)? apologi[sz]e\\b|\\b(?:my|our)(?: \\w+)? apologies\\b`,
  ],
  [
    'denial',
    `\\b(?:i|we)${ADVERB}(?: must| do)? (?:can ?not(?! only)|can't|won't|will not|lack the ability to|(?:don't|do not) have the ability to)\\b` +
      `|\\b${BEING}${ADVERB} (?:unable|not${ADVERB} able)\\b`,
  ],
  ['as_an_ai', '\\bas an? (?:ai|artificial intelligence)\\b'],
];

/** An apology without its subject is one where it opens the text, and a word like any other further on. */
const BARE_APOLOGY = '(?:sorry|apologies)(?=[,.!:;]|$| (?:but|for|i|we)\\b)';

/** What may stand before the refusal that a summary begins with. */
const LEAD_IN =
  '[^\\w"\'`]*(?:(?:unfortunately|regrettably|sadly|however|hello|hi|sure|okay|ok|well|but|and)[,.:!;-]* ' +
  '|(?:based on|given|due to|because of|without|as)\\b[^.!?]{0,120}?, )*';

const ANYWHERE = PATTERNS.map(
  ([name, source]) => [name, new RegExp(name === 'apology' ? `^[^\\w]*${BARE_APOLOGY}|${source}` : source)] as const,
);
const AT_START = PATTERNS.map(
  ([name, source]) => [name, new RegExp(`^${LEAD_IN}(?:${source}${name === 'apology' ? `|${BARE_APOLOGY}` : ''})`)] as const,
);

/** The refusals in an answer that could not be used: anywhere in it. */
export function findRefusals(raw: string): RefusalPattern[] {
  return match(normalize(raw), ANYWHERE);
}

/** The refusals that the summary of a usable answer begins with. Words that it quotes, or comes to later, are what the event is about. */
export function findRefusalsAtStart(summary: string): RefusalPattern[] {
  return match(normalize(removeQuotes(straighten(summary))).trimStart(), AT_START);
}

function match(text: string, patterns: readonly (readonly [RefusalPattern, RegExp])[]): RefusalPattern[] {
  return patterns.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
}

function normalize(text: string): string {
  return straighten(text).toLowerCase().replace(/\s+/g, ' ');
}

/** Typographic apostrophes as the plain one. */
function straighten(text: string): string {
  return text.replace(/[\u2018\u2019\u201b\u02bc\u02b9\u2032\uff07\u00b4]/g, "'");
}

const QUOTED = [
  /"[^"]*"/g,
  /\u201c[^\u201d]*\u201d/g,
  /\u201e[^\u201c\u201d]*[\u201c\u201d]/g,
  /\u00ab[^\u00bb]*\u00bb/g,
  /`[^`]*`/g,
  // An apostrophe between letters belongs to a word.
  /(?<!\w)'(?:[^']|(?<=\w)'(?=\w))*'(?!\w)/g,
];

function removeQuotes(text: string): string {
  return QUOTED.reduce((rest, quoted) => rest.replace(quoted, ' '), text);
}
