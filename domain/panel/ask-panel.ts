/** `scores`: the output by itself. The others: which of the two texts stands first when they are compared. */
export type JudgePosition = 'scores' | 'output_first' | 'reference_first';

/** One call of a judge. */
export interface JudgeCall {
  /** Place of what is judged among all that is, from 0. */
  readonly item: number;
  /** From 1. */
  readonly cycle: number;
  /** The slot of the judge. */
  readonly judge: string;
  readonly position: JudgePosition;
}

/** What came of a call. */
export interface JudgeAnswer {
  readonly state: 'answered' | 'failed' | 'over_budget';
}

/** Whom a panel asks about one item, and how often. */
export interface PanelRound {
  readonly item: number;
  readonly cycles: number;
  /** Slots of the judges. */
  readonly judges: readonly string[];
  readonly positions: readonly JudgePosition[];
}

/**
 * Asks all judges of a cycle at once, one cycle after the other. A judge that gives no answer keeps none of the others from it. Once a cap forbids a call
 * nobody is asked in another cycle. What a call rejects with is thrown when the others of its cycle have ended.
 */
export async function askPanel(
  { item, cycles, judges, positions }: PanelRound,
  ask: (call: JudgeCall) => Promise<JudgeAnswer>,
): Promise<'done' | 'over_budget'> {
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const calls = judges.flatMap((judge) => positions.map((position) => ask({ item, cycle, judge, position })));
    const ended = await Promise.allSettled(calls);
    for (const call of ended) if (call.status === 'rejected') throw call.reason;
    if (ended.some((call) => call.status === 'fulfilled' && call.value.state === 'over_budget')) return 'over_budget';
  }
  return 'done';
}
