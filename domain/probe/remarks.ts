import type { ProbeEvent } from '../../schemas/probe-event.ts';

/** What the audit files of two weeks hold. */
export interface ProbeHistory {
  /** Oldest first. */
  readonly events: readonly ProbeEvent[];
  /** Lines that are no event, which were left out. */
  readonly corrupt: number;
}

/** What is odd about the audit files as the next row is written: lines that are no event, and a clock that stands before the newest row. */
export function remarksOnAudit({ events, corrupt }: ProbeHistory, nowMs: number): string[] {
  const ahead = events.findLast(({ ts }) => Date.parse(ts) > nowMs);
  return [
    ...(corrupt === 0 ? [] : [`${corrupt} corrupt audit ${corrupt === 1 ? 'line was' : 'lines were'} left out`]),
    ...(ahead === undefined ? [] : [`the clock, ${new Date(nowMs).toISOString()}, is before the newest audit row, ${ahead.ts}`]),
  ];
}
