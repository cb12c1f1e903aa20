import type { BudgetRow } from '../../schemas/budget-row.ts';
import type { BudgetLane } from '../../schemas/vocabulary.ts';

/** One call of a model: what was set aside for it, and what became of that; amounts in nano-dollars. */
export interface Spending {
  /** Day on which it was set aside, UTC. */
  readonly day: string;
  readonly runId: string;
  readonly command: string;
  readonly lane: BudgetLane;
  readonly model: string;
  readonly reserved: number;
  /** Null while it is open, or when nobody ever settled it. */
  readonly settled: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

/** The calls that rows of a budget ledger tell of, in the order in which they were set aside. */
export function listSpendings(rows: readonly BudgetRow[]): Spending[] {
  const spendings = new Map<string, Spending>();
  for (const row of rows) {
    const known = spendings.get(row.reservation);
    if (row.kind === 'reserve') {
      const { run_id: runId, command, lane, model, nano_usd: reserved } = row;
      const open = { settled: null, inputTokens: null, outputTokens: null };
      spendings.set(row.reservation, { day: row.at.slice(0, 'YYYY-MM-DD'.length), runId, command, lane, model, reserved, ...open });
    } else if (known !== undefined) {
      const { nano_usd: settled, input_tokens: inputTokens, output_tokens: outputTokens } = row;
      spendings.set(row.reservation, { ...known, settled, inputTokens, outputTokens });
    }
  }
  return [...spendings.values()];
}
