import { sumUsd } from '../../domain/cost/index.ts';
import type { Budget, Reservation } from '../budget-ports.ts';

/** A budget that also tells what was settled through it. */
export interface TalliedBudget {
  readonly budget: Budget;
  /** US dollars since it was asked last. */
  takeUsd(): number;
}

/** Counts what is settled through a budget: what calls cost that are made somewhere below one question. */
export function tallySpending(budget: Budget): TalliedBudget {
  let settled: number[] = [];
  const tallied = (reservation: Reservation): Reservation => ({
    ...reservation,
    async settle(usage) {
      const usd = await reservation.settle(usage);
      settled.push(usd);
      return usd;
    },
  });
  return {
    budget: {
      ...budget,
      async reserve(call) {
        const answer = await budget.reserve(call);
        return 'refused' in answer ? answer : tallied(answer);
      },
      resume: (id, call) => tallied(budget.resume(id, call)),
    },
    takeUsd() {
      const usd = sumUsd(settled);
      settled = [];
      return usd;
    },
  };
}
