import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the rows of a budget ledger came to, in nano-dollars: at the end, and at the highest point on the way there. */
export interface BudgetTally {
  readonly highest: number;
  readonly atEnd: number;
  readonly reserves: number;
  readonly open: number;
}

/** Adds a run up row by row from the file itself, without the code that is under test: set aside counts in full until it is settled. */
export function tallyBudget(root: string, runId: string): BudgetTally {
  const counted = new Map<string, number>();
  const settled = new Set<string>();
  let [highest, atEnd] = [0, 0];
  for (const line of readFileSync(join(root, 'ledger', 'budget.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)) {
    const row = JSON.parse(line) as { kind: string; reservation: string; run_id: string; nano_usd: number };
    if (row.run_id !== runId) continue;
    if (row.kind === 'settle') {
      if (settled.has(row.reservation)) throw new Error(`${row.reservation} is settled twice`);
      settled.add(row.reservation);
    }
    atEnd += row.nano_usd - (counted.get(row.reservation) ?? 0);
    counted.set(row.reservation, row.nano_usd);
    highest = Math.max(highest, atEnd);
  }
  return { highest, atEnd, reserves: counted.size, open: counted.size - settled.size };
}
