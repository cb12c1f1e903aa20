import { OverBudgetError } from '../domain/shared/errors.ts';
import type { Budget, PayForCall, PlannedCall, RefusedCall, Reservation } from './budget-ports.ts';

/**
 * Pays out of a budget. What nobody knows the use of is settled at all that was set aside: a call whose reply is lost, or one that was broken off, may
 * have been done.
 */
export function payOutOf(budget: Budget): PayForCall {
  return async (call, make) => {
    const reservation = await setAside(budget, call);
    try {
      const { reply, usage } = await make();
      await reservation.settle(usage ?? UNKNOWN);
      return reply;
    } catch (error) {
      // Settled once: where the settlement itself failed, everything stays counted.
      await reservation.settle(UNKNOWN).catch(() => undefined);
      throw error;
    }
  };
}

/** Sets money aside for a call. OverBudgetError with the cap where there is not enough. */
export async function setAside(budget: Budget, call: PlannedCall): Promise<Reservation> {
  const answer = await budget.reserve(call);
  if ('refused' in answer) throw overBudget(call, answer);
  return answer;
}

const UNKNOWN = { inputTokens: null, outputTokens: null } as const;

function overBudget({ lane, model }: PlannedCall, { refused, capUsd, spentUsd, wantedUsd }: RefusedCall): OverBudgetError {
  const [whose, remedy] = {
    run: ['this run', 'Allow more with --max-usd where the command has it, or with cost.per_command_usd in the config.'],
    day: ['the day (UTC)', 'Wait for tomorrow, or allow more with cost.per_day_usd in the config.'],
  }[refused] as [string, string];
  return new OverBudgetError(
    `paying for ${lane}, on the model ${model}: expected room for $${wantedUsd} under the cap of $${capUsd} of ${whose}, found $${spentUsd} spent; the call was not made.`,
    remedy,
    { lane, model, refused, cap_usd: capUsd, spent_usd: spentUsd, wanted_usd: wantedUsd },
  );
}
