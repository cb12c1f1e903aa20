import type { BudgetLedger } from '../adapters/files/budget-ledger.ts';
import { createBudgetBook, type BudgetBook } from '../domain/budget/index.ts';
import type { BudgetRow } from '../schemas/budget-row.ts';

/** Decides with all that counts in view, and returns the row to write, if any. */
export type MakeRow = (seen: BudgetBook) => BudgetRow | undefined;

interface Waiting {
  readonly make: MakeRow;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Appends to a ledger on which many wait at once: everybody who has come by the time that the lock is taken shares one write. Comes back when the
 * row of the caller is on disk. Each decides with the rows of those before it in view.
 */
export function joinAppends(ledger: BudgetLedger, book: BudgetBook): (make: MakeRow) => Promise<void> {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      let batch: readonly Waiting[] = [];
      const take = (): readonly Waiting[] => {
        [batch, waiting] = [waiting, []];
        return batch;
      };
      try {
        await ledger.append(() => makeRows(take(), book));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        // Before anybody was asked, the fault is everybody's.
        for (const { reject } of batch.length > 0 ? batch : take()) reject(error);
      }
    }
    isWriting = false;
  }

  return (make) =>
    new Promise((resolve, reject) => {
      waiting.push({ make, resolve, reject });
      if (!isWriting) void writeAll();
    });
}

/** What is decided counts for the next decision at once, but in the book only when it is on disk. */
function makeRows(batch: readonly Waiting[], book: BudgetBook): BudgetRow[] {
  const draft = createBudgetBook(book);
  return batch.flatMap(({ make }) => {
    const row = make(draft);
    if (row === undefined) return [];
    draft.see(row);
    return [row];
  });
}
