import type { BudgetBook } from './budget-book.ts';

/** What a run and a day may cost at most, in nano-dollars; null is no limit. */
export interface BudgetCaps {
  readonly run: number | null;
  readonly day: number | null;
}

/** A cap that spending more would break, and what counts against it already, in nano-dollars. */
export interface BrokenCap {
  readonly refused: 'run' | 'day';
  readonly cap: number;
  readonly spent: number;
}

/** The cap that a call would break, the run's before the day's; undefined when there is room. Reaching a cap is no breach. */
export function capBrokenBy(
  nanoUsd: number,
  { book, caps, runId, day }: { readonly book: BudgetBook; readonly caps: BudgetCaps; readonly runId: string; readonly day: string },
): BrokenCap | undefined {
  const asked = [
    { refused: 'run', cap: caps.run, spent: book.ofRun(runId) },
    { refused: 'day', cap: caps.day, spent: book.onDay(day) },
  ] as const;
  for (const { refused, cap, spent } of asked) if (cap !== null && spent + nanoUsd > cap) return { refused, cap, spent };
  return undefined;
}
