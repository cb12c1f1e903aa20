import { join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { LedgerRow } from '../../domain/shared/ledger-row.ts';
import { budgetRowSchema, type BudgetRow } from '../../schemas/budget-row.ts';
import { openLedger } from './ledger.ts';

/** Money of a workspace: `ledger/budget.jsonl`. Calls are made in turn, so that no row is shown twice. */
export interface BudgetLedger {
  /** Appends what `make` returns, durably. It decides with every row in view; no other process comes between. LakeCorruptError when the chain is broken. */
  append(make: () => readonly BudgetRow[]): Promise<void>;
  /** Shows the rows that are new. LakeCorruptError when the chain is broken. */
  refresh(): Promise<void>;
}

/** Opens the budget ledger of a workspace, which need not have any row. A row that `see` throws at counts as a break of the chain. */
export function openBudgetLedger(workspace: string, see: (row: BudgetRow) => void): BudgetLedger {
  const path = join(workspace, 'ledger', 'budget.jsonl');
  const ledger = openLedger(path, (row) => show(row, path, see));
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    append: (make) => inTurn(async () => void (await ledger.append(() => make() as readonly JsonObject[]))),
    refresh: () => inTurn(() => ledger.refresh()),
  };
}

function show(row: LedgerRow, path: string, see: (row: BudgetRow) => void): void {
  const parsed = budgetRowSchema.safeParse(row);
  try {
    if (!parsed.success) throw new RangeError('another kind of row');
    see(parsed.data);
  } catch (error) {
    throw new LakeCorruptError(
      `reading the budget ledger ${path}, line ${row.seq}: expected a budget-row/1 row that goes on from those before it, found ${(error as Error).message}.`,
      'Put the ledger and its head file back from a copy.',
      { kind: 'edit', line: row.seq },
      error,
    );
  }
}
