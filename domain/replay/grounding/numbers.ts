import { dateForm, DATE_IN_WORDS } from './dates.ts';
import { NUMBER_IN_WORDS, valueOfWords } from './number-words.ts';
import { unitOf } from './units.ts';

/** A number as a text states it. */
export interface StatedNumber {
  /** As it stands there, with its unit. */
  readonly text: string;
  readonly at: number;
  /** The number itself, in one form however it is written. */
  readonly value: string;
  /** What it measures and how much of it, in one form whatever unit is used; null for a number without a unit. */
  readonly quantity: string | null;
  /** True for a whole number below ten without a unit, or the number of a list item: it counts or orders, and states no finding. */
  readonly isCounting: boolean;
}

/**
 * The numbers of a text whose marks are plain, dates, times of day and versions included, in their order. What is part of a name is none. `shown` is
 * the same text where parts of `text` are hidden: the keys in front of numbers still stand in it.
 */
export function numbersIn(text: string, shown = text): StatedNumber[] {
  const numbers: StatedNumber[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const { moment, currency, sign = '', digits, scale, unit } = match.groups!;
    const [at, own] = [match.index, match[0].trimEnd()];
    if (moment !== undefined) {
      const value = dateForm(moment) ?? moment.replace(/^0(?=\d)/, '');
      numbers.push({ text: moment, at: at + match[0].indexOf(moment), value, quantity: `moment ${value}`, isCounting: false });
      continue;
    }
    const inWords = valueOfWords(digits!);
    const plain = inWords ?? Number(plainDigits(digits!)) * (sign === '' ? 1 : -1);
    const value = formOf(plain * (scale === undefined ? 1 : SCALES[scale.replace(/^[ -]/, '')]!));
    const known = unitOf(unit ?? '') ?? unitOf(currency ?? '') ?? unitOfKey(shown.slice(Math.max(0, at - LONGEST_KEY_END), at));
    const stated = unit !== undefined && unitOf(unit) === undefined ? withoutWord(own, unit) : own;
    numbers.push({
      text: stated,
      at,
      value,
      quantity: known === undefined ? null : `${known.measures} ${formOf(Number(value) * known.factor)}`,
      isCounting:
        inWords === undefined
          ? known === undefined && ((/^\d$/.test(digits!) && scale === undefined) || isListMark(text, at, at + own.length))
          : known === undefined || known.measures === 'times' || inWords < 2,
    });
  }
  return spreadUnits(numbers, text);
}

const NUMBER = new RegExp(
  [
    // What stands behind the colon of 05:50 belongs to it, behind that of 10.0.0.12:8080 not.
    String.raw`(?<![\p{L}\p{N}_.]|\d,|(?<!\.\d{0,2})\d:)`,
    String.raw`(?:[vV](?=\d+\.\d))?`,
    '(?:',
    String.raw`(?<moment>\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?(?![\p{L}\d:])|\d{1,2}:\d\d(?::\d\d)?(?![\p{L}\d:])|`,
    String.raw`\d+(?:\.\d+){2,}(?![\p{L}\d])|${DATE_IN_WORDS})`,
    '|',
    String.raw`(?:(?<currency>[$€£¥]) ?)?(?<sign>(?<![\p{L}\p{N})\]])-)?`,
    String.raw`(?<digits>0x[\da-fA-F]+(?![\p{L}\p{N}_])|\d{1,3}(?:[,'_]\d{3})+(?:\.\d+)?|`,
    String.raw`\d+(?:[.,]\d+)?(?:[eE][+-]?\d{1,2}(?![\p{L}\p{N}_]))?|\.\d+|${NUMBER_IN_WORDS})`,
    String.raw`(?<scale>[kKM](?![\p{L}\p{N}])|[ -](?:thousand|million|billion|trillion)(?!\p{L}))?`,
    String.raw`(?:[ -]?(?<unit>per cent|%|° ?[CF]?(?![\p{L}])|[$€£¥]|[\p{L}µμ×]+(?![\p{L}\p{N}_])))?`,
    ')',
  ].join(''),
  'gu',
);

const SCALES: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };

/** A comma before three digits groups thousands; before any other number of them it is a decimal one. */
function plainDigits(digits: string): string {
  if (/^\d{1,3}(?:[,'_]\d{3})+(?:\.\d+)?$/.test(digits)) return digits.replaceAll(/[,'_]/g, '');
  return digits.replace(',', '.');
}

/** Rounded where doubles begin to differ by how they came about. */
function formOf(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** `duration_ms: 3889` and `duration_ms is 3889` state milliseconds. */
function unitOfKey(before: string): ReturnType<typeof unitOf> {
  const word = /_(\p{L}{1,12})["'`]?\s{0,2}(?:[:=]|is|was)\s{0,2}["'`]?$/u.exec(before)?.[1];
  return word === undefined ? undefined : unitOf(word);
}

/**
 * The other forms in which a number of a source may be said: a share of one as a percentage and the other way round, a moment by its date or its time
 * alone, a date without its year, and the year.
 */
export function otherForms({ value, quantity }: StatedNumber): { readonly values: string[]; readonly quantities: string[] } {
  if (quantity?.startsWith('moment ') === true) {
    const [, date, year, day, time] = /^((\d{4})-(\d\d-\d\d))(?:T(\d\d:\d\d(?::\d\d)?))?/.exec(value) ?? [];
    if (date === undefined) return { values: [], quantities: [] };
    const times = time === undefined ? [] : [time, time.slice(0, 5)].map((form) => `moment ${form.replace(/^0(?=\d)/, '')}`);
    return { values: [year!], quantities: [`moment ${date}`, `moment ${day}`, ...times] };
  }
  const number = Number(value);
  const isShare = quantity === null && number > 0 && number < 1;
  return {
    values: quantity?.startsWith('share ') === true ? [formOf(number / 100)] : [],
    quantities: isShare ? [`share ${formOf(number * 100)}`] : [],
  };
}

const LONGEST_KEY_END = 24;

/** A word behind a number that is no unit is not part of it. */
function withoutWord(own: string, word: string): string {
  return own.slice(0, own.length - word.length).replace(/[ -]$/, '');
}

function isListMark(text: string, from: number, to: number): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, from - 20), from)) && /^[.)] /.test(text.slice(to, to + 2));
}

/** "3-5 ms" and "3 to 5 ms" are two numbers of one unit. */
function spreadUnits(numbers: readonly StatedNumber[], text: string): StatedNumber[] {
  return numbers.map((number, place) => {
    const next = numbers[place + 1];
    if (number.quantity !== null || next === undefined || next.quantity === null || next.quantity.startsWith('moment')) return number;
    const between = text.slice(number.at + number.text.length, next.at);
    if (!/^(?: ?(?:-|to|and|or|\/) ?)$/.test(between)) return number;
    const [measures = ''] = next.quantity.split(' ');
    const factor = next.value === '0' ? undefined : Number(next.quantity.slice(measures.length + 1)) / Number(next.value);
    if (factor === undefined) return number;
    return { ...number, quantity: `${measures} ${formOf(Number(number.value) * factor)}`, isCounting: false };
  });
}
