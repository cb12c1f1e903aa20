const MARKS: Readonly<Record<string, string>> = {
  ...marks("'", '’‘ʼ‛′´＇'),
  ...marks('"', '“”„‟«»″＂'),
  ...marks('-', '‐‑‒–−'),
  ...marks(' ', '\u00a0\u2007\u2009\u200a\u202f\u3000—'),
};
const MARKED = new RegExp(`[${Object.keys(MARKS).join('')}]`, 'g');
/** What parts the thousands of a number in print. */
const THIN_GAP = /(?<=\d)[ \u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))/g;

/**
 * The text with typographic quotation marks, apostrophes, dashes and spaces as ASCII has them, each character in its place. A thin or plain space
 * between groups of three digits becomes a comma.
 */
export function plainMarks(text: string): string {
  return text.replace(THOUSANDS, (number) => number.replace(THIN_GAP, ',')).replace(MARKED, (mark) => MARKS[mark]!);
}

/** Digits in groups of three behind a first group of up to three, and nothing that a longer number would have. */
const THOUSANDS = /(?<![\d.,:/-])\d{1,3}(?:[ \u00a0\u2007\u2009\u202f]\d{3}(?!\d))+/g;

function marks(plain: string, typographic: string): Record<string, string> {
  return Object.fromEntries(Array.from(typographic, (mark) => [mark, plain]));
}
