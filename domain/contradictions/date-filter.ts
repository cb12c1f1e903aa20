import type { ContradictionEnd } from '../../schemas/contradiction-report.ts';
import { contentDate } from './content-date.ts';
import { readDates, type StatedDate } from './read-dates.ts';

/** What decided whether a pair goes to the judge. */
export type DateReason =
  | 'same_paragraph_dual_date'
  | 'both_have_effective_date'
  | 'both_explicit_separated'
  | 'overlapping_or_close'
  | 'one_or_both_missing_dates';

export interface DateDecision {
  readonly decision: 'keep' | 'skip';
  readonly reason: DateReason;
}

type DatedText = Pick<ContradictionEnd, 'text' | 'effective_date' | 'effective_date_source'>;

/** Days between two dates that texts about one time may state. */
const CLOSE_DAYS = 30;

/**
 * Whether two texts may speak of one time; the first that holds decides: a paragraph of two dates, dates of both pages, dates in both texts that are
 * more than 30 days apart however they are read (then there is nothing to judge), any dates in both texts, and whatever else.
 */
export function filterByDates(a: DatedText, b: DatedText): DateDecision {
  if (hasDualDate(a.text) || hasDualDate(b.text)) return keep('same_paragraph_dual_date');
  if (contentDate(a) !== null && contentDate(b) !== null) return keep('both_have_effective_date');
  const [ofA, ofB] = [readDates(a.text), readDates(b.text)];
  if (ofA.length === 0 || ofB.length === 0) return keep('one_or_both_missing_dates');
  return areSeparated(ofA, ofB) ? { decision: 'skip', reason: 'both_explicit_separated' } : keep('overlapping_or_close');
}

function keep(reason: DateReason): DateDecision {
  return { decision: 'keep', reason };
}

function hasDualDate(text: string): boolean {
  return text.split(/\r?\n[^\S\n]*\r?\n/).some((paragraph) => readDates(paragraph).length > 1);
}

/** One pass in the order of first days: what lies closest before an interval is what ends last among those that began before it. */
function areSeparated(ofA: readonly StatedDate[], ofB: readonly StatedDate[]): boolean {
  const sides = [ofA, ofB].flatMap((dates, side) => dates.flatMap(({ readings }) => readings.map((reading) => ({ ...reading, side }))));
  const lastDays = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { firstDay, lastDay, side } of sides.sort((left, right) => left.firstDay - right.firstDay)) {
    if (firstDay - lastDays[1 - side]! <= CLOSE_DAYS) return false;
    lastDays[side] = Math.max(lastDays[side]!, lastDay);
  }
  return true;
}
