import type { ProbeEvent } from '../../schemas/probe-event.ts';
import type { ProbeOutcome } from '../../schemas/vocabulary.ts';

/** How a probe ended, and why where that is no measurement. */
export interface ProbeEnd {
  readonly outcome: ProbeOutcome;
  readonly exit_code: ProbeEvent['exit_code'];
  readonly detail: string | null;
}

/** What a batch of panels came to, as its summary tells it. */
export interface BatchEnd {
  readonly verdict: 'pass' | 'fail' | 'inconclusive' | 'error';
  /** Rows that were not judged because the cap was reached. */
  readonly budget_skipped?: number;
}

const EXIT_CODES: Readonly<Record<ProbeOutcome, number>> = {
  disabled: 0,
  rate_limited: 0,
  no_embedding_key: 2,
  budget_exceeded: 2,
  error: 2,
  pass: 0,
  fail: 1,
  inconclusive: 2,
};

/** The exit code of an outcome: 1 says that the answers are bad, 2 that nobody can tell. */
export function exitCodeOf(outcome: ProbeOutcome): number {
  return EXIT_CODES[outcome];
}

/** The word of the batch; a batch that the cap cut short is over budget whatever its judged rows say. */
export function endOfBatch({ verdict, budget_skipped = 0 }: BatchEnd, detail: string | null = null): ProbeEnd {
  if (budget_skipped === 0) return end(verdict, detail);
  const skipped = `the cap was reached: ${budget_skipped} ${budget_skipped === 1 ? 'row was' : 'rows were'} not judged`;
  return end('budget_exceeded', detail === null ? skipped : `${skipped}; ${detail}`);
}

/** Work that failed, by the name of its error: over budget when a cap forbade to go on, else an error; its message is kept. */
export function endOfFailure({ type, message }: { readonly type: string | null | undefined; readonly message: string }): ProbeEnd {
  return end(type === 'OverBudgetError' ? 'budget_exceeded' : 'error', message);
}

/** Over budget when the estimate is above the cap, both in US dollars; null when the work may begin. */
export function endOverEstimate(estimateUsd: number, maxUsd: number): ProbeEnd | null {
  if (estimateUsd <= maxUsd) return null;
  return end('budget_exceeded', `the estimate of $${estimateUsd} is above probe.nightly.max_usd, $${maxUsd}`);
}

function end(outcome: ProbeOutcome, detail: string | null): ProbeEnd {
  return { outcome, exit_code: exitCodeOf(outcome), detail };
}
