import type { ProbeOutcome } from '../../schemas/vocabulary.ts';
import type { Tone } from '../shared/palette.ts';

/** How an outcome is shown: a word that fits into a day of a calendar on a phone, and a tone. */
export interface ShownOutcome {
  readonly word: string;
  readonly tone: Tone;
  /** What a sentence says happened. */
  readonly told: string;
}

/** From the worst to what says nothing. */
export const OUTCOMES: Readonly<Record<ProbeOutcome, ShownOutcome>> = {
  fail: { word: 'fail', tone: 'rejected', told: 'failed' },
  error: { word: 'error', tone: 'rejected', told: 'could not be done' },
  no_embedding_key: { word: 'no key', tone: 'review', told: 'had no embedding provider' },
  budget_exceeded: { word: 'budget', tone: 'review', told: 'would have cost more than the cap' },
  inconclusive: { word: 'unclear', tone: 'review', told: 'was inconclusive' },
  pass: { word: 'pass', tone: 'accepted', told: 'passed' },
  rate_limited: { word: 'limit', tone: 'neutral', told: 'was too soon after another run' },
  disabled: { word: 'off', tone: 'neutral', told: 'was off' },
};

const RANK = Object.keys(OUTCOMES);

/** The worst of some outcomes; there is at least one. */
export function worstOf(outcomes: readonly ProbeOutcome[]): ProbeOutcome {
  return outcomes.reduce((worst, outcome) => (RANK.indexOf(outcome) < RANK.indexOf(worst) ? outcome : worst));
}

/** Whether an outcome says something about what is probed; a run that was not made does not. */
export function isRun(outcome: ProbeOutcome): boolean {
  return outcome !== 'rate_limited' && outcome !== 'disabled';
}
