import type { Tone } from './palette.ts';

/** How a closed word of the product is shown: its label and its tone. A word that is not listed keeps its own spelling. */
export function describeState(word: string): { label: string; tone: Tone } {
  return STATES.get(word) ?? { label: word, tone: 'neutral' };
}

const STATES: ReadonlyMap<string, { label: string; tone: Tone }> = new Map([
  ['accepted', { label: 'Accepted', tone: 'accepted' }],
  ['partially_accepted', { label: 'Partially accepted', tone: 'partial' }],
  ['needs_human_review', { label: 'Needs human review', tone: 'review' }],
  ['rejected', { label: 'Rejected', tone: 'rejected' }],
  ['refused', { label: 'Refused', tone: 'rejected' }],
  ['ok', { label: 'OK', tone: 'accepted' }],
  ['warn', { label: 'Warn', tone: 'review' }],
  ['alert', { label: 'Alert', tone: 'rejected' }],
  ['passed', { label: 'Passed', tone: 'accepted' }],
  ['failed', { label: 'Failed', tone: 'rejected' }],
  ['held', { label: 'Held', tone: 'accepted' }],
  ['not_testable', { label: 'Not testable', tone: 'review' }],
  ['completed', { label: 'Completed', tone: 'accepted' }],
  ['over_budget', { label: 'Over budget', tone: 'review' }],
  ['missing', { label: 'Missing', tone: 'review' }],
  ['skipped', { label: 'Skipped', tone: 'neutral' }],
  ['errored', { label: 'Errored', tone: 'review' }],
  ['PASS', { label: 'PASS', tone: 'accepted' }],
  ['FAIL', { label: 'FAIL', tone: 'rejected' }],
  ['holds', { label: 'Holds', tone: 'accepted' }],
  ['broken', { label: 'Broken', tone: 'rejected' }],
  ['unprovable', { label: 'Unprovable', tone: 'review' }],
]);
