import { join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { LedgerRow } from '../../domain/shared/ledger-row.ts';
import type { AuditBaseline } from '../../schemas/audit-baseline.ts';
import { openLedger } from './ledger.ts';

/** What full audits came to: `ledger/audit-baselines.jsonl`. Rows are appended and never rewritten. */
export interface Baselines {
  /** Oldest first; where the chain is damaged, the rows before the damage. */
  all(): Promise<{ readonly rows: readonly LedgerRow[]; readonly isWhole: boolean }>;
  /** Appends one and returns it as it stands there. LakeCorruptError when the chain is damaged. */
  append(baseline: AuditBaseline): Promise<LedgerRow>;
}

/** Opens the baselines of a workspace, which need not have any. */
export function openBaselines(workspace: string): Baselines {
  const rows: LedgerRow[] = [];
  const ledger = openLedger(join(workspace, 'ledger', 'audit-baselines.jsonl'), (row) => void rows.push(row));
  return {
    all: async () => {
      try {
        await ledger.refresh();
        return { rows: [...rows], isWhole: true };
      } catch (error) {
        if (error instanceof LakeCorruptError) return { rows: [...rows], isWhole: false };
        throw error;
      }
    },
    append: async (baseline) => {
      const [row] = await ledger.append(() => [baseline]);
      return row!;
    },
  };
}
