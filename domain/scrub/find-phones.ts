import { stands } from './digit-groups.ts';
import type { Finding } from './finding.ts';

/** Numbers that begin with a plus sign: 8 to 15 digits. */
export function* findInternationalPhones(text: string): Generator<Finding> {
  for (const { 0: number, index } of text.matchAll(INTERNATIONAL)) yield { class: 'phone', start: index, end: index + number.length };
}

/** North American numbers in groups, and ten digits in a row that are no time, order or id. */
export function* findGroupedPhones(text: string): Generator<Finding> {
  for (const { 0: number, index } of text.matchAll(AMERICAN)) {
    const isOfSomething = /^\d/.test(number) && stands(NUMBERED, text, index, 40);
    if (!isOfSomething) yield { class: 'phone', start: index, end: index + number.length };
  }
}

const EXTENSION = String.raw`(?:[ ,]{0,2}(?:x|ext\.?|extension)[ .:]{0,2}\d{1,6}(?!\d))?`;
const INTERNATIONAL = new RegExp(String.raw`(?<![\w+)\]])\+\(?\d(?:[ ./()-]{0,2}\d){7,14}(?!\d)${EXTENSION}`, 'gi');
/** Neither a longer number nor a word follows, but an extension may. */
const END = String.raw`(?:(?=x\d{1,6}(?!\w))|(?!\w|[.-]\d))`;
const GROUPED = String.raw`(?<!\w|\d[.-])(?:\+?1[ .-]?)?(?:\(\d{3}\)[ .-]{0,2}\d{3}[ .-]?|\d{3}[ .-]\d{3}[ .-])\d{4}${END}`;
/** Ten digits that begin with 1 are seconds since 1970; those behind a sign of money are an amount. */
const RUN = String.raw`(?<![\w#$€£¥]|\d[.,-])[2-9]\d{9}${END}(?!%|,\d)`;
const AMERICAN = new RegExp(`(?:${GROUPED}|${RUN})${EXTENSION}`, 'gi');
const NUMBERED = /(?:#|(?<![a-z])(?:id|order|invoice|ticket|build))(?:[\s_:=#."'-]|(?:number|num|no|nr|id|is)(?![a-z]))*$/i;
