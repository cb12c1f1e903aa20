const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const MONTH = `(?:${MONTHS.map((month) => (month === 'May' ? month : `${month.slice(0, 3)}(?:${month.slice(3)}|${month === 'September' ? 't?' : ''}\\.?)`)).join('|')})`;
const DAY = String.raw`[0-3]?\d(?:st|nd|rd|th)?`;

/** The source of a pattern for a date whose month is a word: "April 26, 2026", "26 Apr 2026", "26 April". */
export const DATE_IN_WORDS = `(?:${MONTH} ${DAY}|${DAY} ${MONTH})(?:,? \\d{4})?(?![\\p{L}\\d:])`;

/** A date in words or as `26.4.2026` in the form `2026-04-26`, without a year `04-26`; undefined for anything else, such as a version. */
export function dateForm(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  if (day !== undefined) return Number(month) <= 12 && Number(day) <= 31 ? `${year}-${padded(month!)}-${padded(day)}` : undefined;
  const place = MONTHS.findIndex((name) => text.includes(name.slice(0, 3)));
  if (place < 0) return undefined;
  const form = `${padded(String(place + 1))}-${padded(/\d{1,2}/.exec(text.replace(/\d{4}/, ''))![0])}`;
  const stated = /\d{4}/.exec(text)?.[0];
  return stated === undefined ? form : `${stated}-${form}`;
}

function padded(digits: string): string {
  return digits.padStart(2, '0');
}
