import type { Budget, PayForCall, PlannedCall, RefusedCall, ReportedUsage, Reservation } from '../../activities/budget-ports.ts';
import { costSettingsSchema, type CostSettings } from '../../schemas/cost-settings.ts';

/** Makes every call, and pays nothing. */
export const payNothing: PayForCall = async (_call, make) => (await make()).reply;

const FREE: Reservation = { id: null, reservedUsd: 0, costUsd: () => 0, settle: () => Promise.resolve(0) };

/** A budget out of which everything is free. */
export const freeBudget: Budget = {
  runId: 'free',
  reserve: () => Promise.resolve(FREE),
  resume: () => FREE,
  spentUsd: () => Promise.resolve(0),
};

/** A budget that remembers what it was asked for and how that was settled. It refuses the calls whose number, from 1, is named. */
export function watchedBudget(refuses: (number: number) => boolean = () => false): {
  readonly budget: Budget;
  readonly planned: PlannedCall[];
  readonly settled: (ReportedUsage | 'no-call')[];
} {
  const planned: PlannedCall[] = [];
  const settled: (ReportedUsage | 'no-call')[] = [];
  const refused: RefusedCall = { refused: 'run', capUsd: 1, spentUsd: 0.9, wantedUsd: 0.2 };
  return {
    planned,
    settled,
    budget: {
      runId: 'watched',
      spentUsd: () => Promise.resolve(0),
      resume: () => FREE,
      async reserve(call) {
        planned.push(call);
        if (refuses(planned.length)) return refused;
        let isSettled = false;
        return {
          id: `reservation-${planned.length}`,
          reservedUsd: 0.2,
          costUsd: (usage) => (usage === 'no-call' ? 0 : 0.1),
          async settle(usage) {
            if (!isSettled) settled.push(usage);
            isSettled = true;
            return usage === 'no-call' ? 0 : 0.1;
          },
        };
      },
    },
  };
}

/** A price table in which these models cost nothing. */
export function freePrices(...models: readonly string[]): CostSettings {
  return costSettingsSchema.parse({ prices: Object.fromEntries(models.map((model) => [model, { input_per_million: 0 }])) });
}
