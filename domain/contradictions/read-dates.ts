/** Days of one reading of a date, counted from 1970-01-01; both ends belong to it. */
export interface DateInterval {
  readonly firstDay: number;
  readonly lastDay: number;
}

/** A date as a text states it. `05/12/2024` may be read in two ways. */
export interface StatedDate {
  readonly readings: readonly DateInterval[];
}

/**
 * The dates that a text states, in their order, each once: year-first days, `Qn YYYY`, months by name with a day or a year, day and month around
 * slashes, and bare years from 1900 to 2099. What is no day of the calendar, and what stands beside a currency sign, is none.
 */
export function readDates(text: string): StatedDate[] {
  const dates = new Map<string, StatedDate>();
  for (const { groups = {} } of text.matchAll(PATTERN)) {
    const readings = readingsOf(groups);
    if (readings.length > 0) dates.set(JSON.stringify(readings), { readings });
  }
  return [...dates.values()];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?';
const DAY = '\\d{1,2}(?:st|nd|rd|th)?';

/** The longest form first: what is no date of one form is passed over whole, so that its year does not count by itself. */
const PATTERN = new RegExp(
  [
    '(?<money>\\p{Sc}\\s?\\d[\\d.,]*|\\b\\d[\\d.,]{0,30}\\s?\\p{Sc}(?!\\s?\\d))',
    '(?<iso>\\b\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}(?!\\d))',
    '(?<slashed>\\b\\d{1,2}/\\d{1,2}/\\d{4}\\b)',
    '(?<quarter>\\bq\\d\\s+\\d{4}\\b)',
    `(?<monthDay>\\b${MONTH}\\s+${DAY},?\\s+\\d{4}\\b)`,
    `(?<dayMonth>\\b${DAY}\\s+(?:of\\s+)?${MONTH},?\\s+\\d{4}\\b)`,
    `(?<month>\\b${MONTH},?\\s+\\d{4}\\b)`,
    '(?<year>\\b(?:19|20)\\d{2}\\b(?![-/]\\d))',
  ].join('|'),
  'giu',
);

function readingsOf(found: Readonly<Record<string, string | undefined>>): DateInterval[] {
  const { iso, slashed, quarter, monthDay, dayMonth, month, year } = found;
  const numbers = (text: string): [number, number, number] => text.split(/\D+/).filter(Boolean).map(Number) as [number, number, number];
  if (iso !== undefined) return dayOf(...numbers(iso));
  if (slashed !== undefined) {
    const [first, second, of] = numbers(slashed);
    return distinct([...dayOf(of, first, second), ...dayOf(of, second, first)]);
  }
  if (quarter !== undefined) {
    const [number, of] = numbers(quarter);
    return number >= 1 && number <= 4 ? between([of, 3 * number - 2], [of, 3 * number + 1]) : [];
  }
  const named = monthDay ?? dayMonth;
  if (named !== undefined) {
    const [day, of] = numbers(named);
    return dayOf(of, monthIn(named), day);
  }
  if (month !== undefined) {
    const [of] = numbers(month);
    return between([of, monthIn(month)], [of, monthIn(month) + 1]);
  }
  return year === undefined ? [] : between([Number(year), 1], [Number(year) + 1, 1]);
}

function monthIn(text: string): number {
  const word = /[a-z]{3,}/i.exec(text.replace(/\d+(?:st|nd|rd|th)/gi, ''))![0];
  return MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
}

function dayOf(year: number, month: number, day: number): DateInterval[] {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isReal) return [];
  const number = date.getTime() / DAY_MS;
  return [{ firstDay: number, lastDay: number }];
}

/** From the first day of a month to the last before another. */
function between([year, month]: readonly [number, number], [endYear, endMonth]: readonly [number, number]): DateInterval[] {
  if (year < 1900 || year > 2099) return [];
  return [{ firstDay: Date.UTC(year, month - 1, 1) / DAY_MS, lastDay: Date.UTC(endYear, endMonth - 1, 1) / DAY_MS - 1 }];
}

const DAY_MS = 86_400_000;

function distinct(readings: readonly DateInterval[]): DateInterval[] {
  return [...new Map(readings.map((reading) => [reading.firstDay, reading])).values()];
}
