import type { ProbeEvent } from '../../schemas/probe-event.ts';
import type { ProbeOutcome } from '../../schemas/vocabulary.ts';

/** Outcomes that leave a row. */
export type RecordedOutcome = Exclude<ProbeOutcome, 'disabled'>;

/** What came of the probes of the last days. */
export interface ProbeSummary {
  readonly total: number;
  readonly counts: Readonly<Record<RecordedOutcome, number>>;
  /** Everything but `pass`. */
  readonly notPassed: number;
  /** Of the newest time; null where there is none. */
  readonly latest: ProbeEvent | null;
}

const DAY_MS = 86_400_000;

/** Counts the events of the last days up to now; those ahead of the clock count, those without a readable time do not. */
export function summarizeEvents(events: readonly ProbeEvent[], nowMs: number, days = 7): ProbeSummary {
  const recent = events.filter(({ ts }) => nowMs - Date.parse(ts) < days * DAY_MS);
  const count = (outcome: ProbeOutcome): number => recent.filter((event) => event.outcome === outcome).length;
  const counts: ProbeSummary['counts'] = {
    pass: count('pass'),
    fail: count('fail'),
    error: count('error'),
    inconclusive: count('inconclusive'),
    budget_exceeded: count('budget_exceeded'),
    no_embedding_key: count('no_embedding_key'),
    rate_limited: count('rate_limited'),
  };
  return { total: recent.length, counts, notPassed: recent.length - counts.pass, latest: recent.reduce<ProbeEvent | null>(later, null) };
}

/** Of two of one time the one that was written later. */
function later(left: ProbeEvent | null, right: ProbeEvent): ProbeEvent {
  return left !== null && Date.parse(left.ts) > Date.parse(right.ts) ? left : right;
}
