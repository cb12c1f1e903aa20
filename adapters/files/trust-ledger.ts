import { join } from 'node:path';
import type { LedgerCheck } from '../../domain/shared/check-ledger.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { LedgerRow } from '../../domain/shared/ledger-row.ts';
import { trustLedgerRowSchema, type TrustLedgerRow, type TrustRow } from '../../schemas/trust-ledger.ts';
import { openLedger } from './ledger.ts';

/** Verdicts on models: `ledger/trust.jsonl`. Rows are appended and never rewritten; every method looks at the whole chain first. */
export interface TrustLedger {
  /** Oldest first. LakeCorruptError when the chain is broken, or holds a row of another kind. */
  all(): Promise<readonly TrustLedgerRow[]>;
  /** Appends a row and returns it as it stands there, or the row that `isKnown` finds to say the same already. LakeCorruptError when the chain is broken. */
  append(row: TrustRow, isKnown: (known: TrustLedgerRow) => boolean): Promise<{ readonly row: TrustLedgerRow; readonly isNew: boolean }>;
  /** Follows the chain from its first row on. */
  check(): Promise<LedgerCheck>;
}

/** Path of the trust ledger of a workspace. */
export function trustLedgerPath(workspace: string): string {
  return join(workspace, 'ledger', 'trust.jsonl');
}

/** Opens the trust ledger of a workspace, which need not have any row. */
export function openTrustLedger(workspace: string): TrustLedger {
  const rows: LedgerRow[] = [];
  const path = trustLedgerPath(workspace);
  const ledger = openLedger(path, (row) => void rows.push(row));
  const parsed = (): TrustLedgerRow[] => rows.map((row) => parseRow(row, path));
  return {
    all: async () => {
      await ledger.refresh();
      return parsed();
    },
    append: async (row, isKnown) => {
      let known: TrustLedgerRow | undefined;
      const [appended] = await ledger.append(() => {
        known = parsed().find(isKnown);
        return known === undefined ? [row] : [];
      });
      return { row: known ?? parseRow(appended!, path), isNew: known === undefined };
    },
    check: () => ledger.check(),
  };
}

function parseRow(row: LedgerRow, path: string): TrustLedgerRow {
  const parsed = trustLedgerRowSchema.safeParse(row);
  if (parsed.success) return parsed.data;
  throw new LakeCorruptError(
    `reading the trust ledger ${path}, row ${row.seq}: expected a lauter.ledger/1 row, found another one.`,
    'Put the ledger and its head file back from a copy.',
    { kind: 'edit', line: row.seq },
  );
}
