import { openBudgetLedger } from '../../adapters/files/budget-ledger.ts';
import { createBudgetBook, listSpendings, type Spending } from '../../domain/budget/index.ts';
import type { BudgetRow } from '../../schemas/budget-row.ts';

/** Every call that the budget ledger of a workspace tells of. LakeCorruptError with its line when the chain is broken. */
export async function readSpendings(root: string): Promise<Spending[]> {
  const rows: BudgetRow[] = [];
  const book = createBudgetBook();
  const ledger = openBudgetLedger(root, (row) => {
    book.see(row);
    rows.push(row);
  });
  await ledger.refresh();
  return listSpendings(rows);
}
