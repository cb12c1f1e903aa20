import { isValidPhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { QUOTE, WORD_START } from './fragments.ts';

/** Signs that people put between the groups of a number. */
const GAP = String.raw`[ .\u00a0\u2010\u2011\u2013-]`;
const GROUPS = String.raw`\d[\d/() .\u00a0\u2010\u2011\u2013-]{4,20}\d(?!\w)`;
const AMERICAN = String.raw`(?:1${GAP}|1(?=\())?(?:\([1-9]\d\d\)[ \u00a0]?|[1-9]\d\d${GAP})\d{3}${GAP}\d{4}(?:[ ]?(?:x|ext\.?[ ]?)\d{1,5})?`;
const NAME = String.raw`(?:phone|(?<![a-z])(?:mobile|cell|fax|tel|whatsapp))(?:[ _-]?(?:number|num|no|nr))?\.?`;
const NAMED = String.raw`${NAME}(?:${QUOTE}?\s?(?:[:=#]|=>|is|at)\s?${QUOTE}?|\s)`;
const CALLED = String.raw`(?<![a-z])(?:call|phone|ring|dial|text|reach|fax|sms)(?:\s(?:me|us|him|her|them|back)){0,2}(?:\s(?:at|on))?\s`;

/** Candidates by form: digits behind a plus sign, or the American grouping. The hint passes over dates, which logs are full of. */
export const WRITTEN_PHONE = {
  hint: new RegExp(String.raw`\d{3}\)?${GAP}?\d{3}${GAP}\d{4}|\+${GROUPS}`),
  pattern: new RegExp(
    String.raw`(?=\(?\+\d)${WORD_START}(?<!(?<!^|\\n)\+|[)\]])\(?\+${GROUPS}|(?:(?=\()|(?=\d)${WORD_START}(?<![+)]|\d[.-]))${AMERICAN}(?!\w|-\w|\.\d)`,
    'gim',
  ),
};

/** Candidates by context: digits behind a word that announces a phone number. */
export const ANNOUNCED_PHONE = {
  hint: new RegExp(String.raw`(?:phone|mobile|cell|fax|tel|whatsapp|call|ring|dial|text|reach|sms)\D{1,32}${GROUPS}`, 'i'),
  pattern: new RegExp(String.raw`((?:${NAMED}|${CALLED})(?=[+(]{0,2}\d))[+(]{0,2}${GROUPS}`, 'gi'),
};

/** The phone number at the start of a candidate by form, cut between groups where more digits follow; undefined when there is none. */
export function readWrittenPhone(candidate: string): string | undefined {
  return beginningsOf(candidate).find((text) => (/^\(?\+/.test(text) ? isInternational(text) : isAmerican(text)));
}

/** The phone number at the start of a candidate by context: as many digits as one has, and no date; undefined when there is none. */
export function readAnnouncedPhone(candidate: string, context: string): string | undefined {
  const least = /[:=#"'`>]\s?$/.test(context) ? 7 : 9;
  return beginningsOf(candidate).find((text) => {
    const count = countDigits(text);
    return count <= 15 && (count >= least || /^\d{3}[.-]\d{4}$/.test(text)) && !/^(?:19|20)\d\d[-./ ]?[01]\d[-./ ]?[0-3]\d/.test(text);
  });
}

/** The number in E.164 form, so that all spellings of it are one; the bare digits where the library cannot tell. */
export function phoneIdentity(value: string): string {
  return parsePhoneNumberFromString(value, 'US')?.number ?? value.replace(/\D/g, '');
}

/** The candidate, then what remains of it when groups are taken off its end. */
function beginningsOf(candidate: string): string[] {
  const gaps = [...candidate.matchAll(/(?<=\d)\D+(?=\d)/g)].toReversed();
  return [candidate, ...gaps.map((gap) => candidate.slice(0, gap.index))];
}

function countDigits(text: string): number {
  return text.replace(/\D/g, '').length;
}

/**
 * Numbers reserved for fiction are possible but not always valid, and examples are full of them; so a possible number counts when its groups look
 * like those of a number. The calling code 1 asks for the American form instead, since the length alone says little.
 */
function isInternational(text: string): boolean {
  const number = text.replace(/^\(/, '').replace('(0)', '');
  const digits = number.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15 || /\+\d+\.\d+$/.test(number)) return false;
  if (digits.startsWith('1')) return /^1[2-9]\d\d[2-9]\d{6}$/.test(digits) || WHOLE_AMERICAN.test(number.slice(1));
  const parsed = parsePhoneNumberFromString(number);
  if (parsed === undefined || !parsed.isPossible()) return false;
  return parsed.isValid() || (digits.length >= 11 && !/\D\d(?=\D|$)/.test(number.slice(2)));
}

/** Parentheses and dashes make an American number by form alone; dots and spaces, which versions and tables have too, need more. */
function isAmerican(text: string): boolean {
  if (!WHOLE_AMERICAN.test(text)) return false;
  if (/\(|\d{3}[\u2010\u2011\u2013-]\d/.test(text)) return true;
  return /^(?:1\D)?(?:\d{3}\D)?555/.test(text) || (text.includes('.') && isValidPhoneNumber(text, 'US'));
}

const WHOLE_AMERICAN = new RegExp(`^${AMERICAN}$`, 'i');
