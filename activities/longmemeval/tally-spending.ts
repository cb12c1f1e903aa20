import { sumUsd } from '../../domain/cost/index.ts';
import type { Budget } from '../budget-ports.ts';

/** A budget that also tells what was settled through it. */
export interface TalliedBudget {
  readonly budget: Budget;
  /** US dollars since it was asked last. */
  takeUsd(): number;
}

/** Counts what is settled through a budget: what calls cost that are made somewhere below one question. */
export function tallySpending(budget: Budget): TalliedBudget {
  let settled: number[] = [];
  return {
    budget: {
      runId: budget.runId,
      spentUsd: () => budget.spentUsd(),
      async reserve(call) {
        const answer = await budget.reserve(call);
        if ('refused' in answer) return answer;
        return {
          reservedUsd: answer.reservedUsd,
          async settle(usage) {
            const usd = await answer.settle(usage);
            settled.push(usd);
            return usd;
          },
        };
      },
    },
    takeUsd() {
      const usd = sumUsd(settled);
      settled = [];
      return usd;
    },
  };
}
