import type { BudgetRow } from '../../schemas/budget-row.ts';

/** Money that is set aside and not settled yet, in nano-dollars, and what it counts for. */
export interface OpenReservation {
  readonly nanoUsd: number;
  readonly runId: string;
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
}

/** What the rows of a budget ledger add up to. A reservation counts in full until its settlement takes its place, on the day that it was made. */
export interface BudgetBook {
  /** Takes the next row in. RangeError for a settlement of what is not open, and for a reservation that is open already. */
  see(row: BudgetRow): void;
  /** Nano-dollars that a run has settled and set aside. */
  ofRun(runId: string): number;
  /** Nano-dollars that were settled and set aside on a day (UTC), by whatever run. */
  onDay(day: string): number;
  /** Undefined when it was settled, or never made. */
  open(reservation: string): OpenReservation | undefined;
}

/** A book without rows, or one that goes on from another without changing it. */
export function createBudgetBook(below?: BudgetBook): BudgetBook {
  const ofRuns = new Map<string, number>();
  const onDays = new Map<string, number>();
  const opened = new Map<string, OpenReservation>();
  const closed = new Set<string>();

  const ofRun = (runId: string): number => ofRuns.get(runId) ?? below?.ofRun(runId) ?? 0;
  const onDay = (day: string): number => onDays.get(day) ?? below?.onDay(day) ?? 0;
  const open = (id: string): OpenReservation | undefined => (closed.has(id) ? undefined : (opened.get(id) ?? below?.open(id)));
  const count = (runId: string, day: string, nanoUsd: number): void => {
    ofRuns.set(runId, ofRun(runId) + nanoUsd);
    onDays.set(day, onDay(day) + nanoUsd);
  };

  return {
    ofRun,
    onDay,
    open,
    see: (row) => {
      const known = open(row.reservation);
      if (row.kind === 'reserve') {
        if (known !== undefined) throw new RangeError(`${row.reservation} is reserved twice`);
        const day = row.at.slice(0, DAY_LENGTH);
        opened.set(row.reservation, { nanoUsd: row.nano_usd, runId: row.run_id, day });
        count(row.run_id, day, row.nano_usd);
      } else {
        if (known === undefined) throw new RangeError(`${row.reservation} is settled without being open`);
        opened.delete(row.reservation);
        // What stands in the book below is hidden from here on; that book itself forgets it, so nothing grows for ever.
        if (below !== undefined) closed.add(row.reservation);
        count(known.runId, known.day, row.nano_usd - known.nanoUsd);
      }
    },
  };
}

const DAY_LENGTH = 'YYYY-MM-DD'.length;
