import { randomUUID } from 'node:crypto';
import { openBudgetLedger } from '../../adapters/files/budget-ledger.ts';
import type { BudgetRow } from '../../schemas/budget-row.ts';

/** Sets an amount aside and settles it at once afterwards; false when it is refused. All in nano-dollars. */
export type Spend = (most: number, used: number, work: () => Promise<void>) => Promise<boolean>;

/** Decides under the lock, but only by what is settled: money that is set aside is forgotten. */
export function forgetfulBudget(root: string, cap: number): Spend {
  let settled = 0;
  const ledger = openBudgetLedger(root, (row) => {
    if (row.kind === 'settle') settled += row.nano_usd;
  });
  return async (most, used, work) => {
    const id = randomUUID();
    let isRefused = false;
    await ledger.append(() => {
      isRefused = settled + most > cap;
      return isRefused ? [] : [reserveRow(id, most)];
    });
    if (isRefused) return false;
    await work();
    await ledger.append(() => [settleRow(id, used)]);
    return true;
  };
}

/** Looks first and takes the lock afterwards: whoever looked at the same time decides by the same sum. */
export function locklessBudget(root: string, cap: number): Spend {
  let counted = 0;
  const amounts = new Map<string, number>();
  const ledger = openBudgetLedger(root, (row) => {
    counted += row.nano_usd - (amounts.get(row.reservation) ?? 0);
    amounts.set(row.reservation, row.nano_usd);
  });
  return async (most, used, work) => {
    await ledger.refresh();
    if (counted + most > cap) return false;
    const id = randomUUID();
    await ledger.append(() => [reserveRow(id, most)]);
    await work();
    await ledger.append(() => [settleRow(id, used)]);
    return true;
  };
}

const OF_RUN = { schema: 'budget-row/1', at: '2026-03-02T06:40:00.000Z', run_id: 'tide-1' } as const;

function reserveRow(reservation: string, nano_usd: number): BudgetRow {
  const of = { command: 'eval longmemeval', lane: 'reader', model: 'pilot', price_table: 'harbour-1' } as const;
  return { ...OF_RUN, kind: 'reserve', reservation, nano_usd, ...of };
}

function settleRow(reservation: string, nano_usd: number): BudgetRow {
  return { ...OF_RUN, kind: 'settle', reservation, nano_usd, input_tokens: null, output_tokens: null };
}
