import { join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { LedgerRow } from '../../domain/shared/ledger-row.ts';
import {
  contradictionLedgerRowSchema,
  type ContradictionDecision,
  type ContradictionLedgerRow,
} from '../../schemas/contradiction-decision.ts';
import { openLedger } from './ledger.ts';

/** What people decided about findings: `ledger/contradictions.jsonl`, appended and never rewritten. LakeCorruptError at any call once the chain is broken. */
export interface ContradictionLedger {
  /** Oldest first; the last one about a finding counts. */
  all(): Promise<readonly ContradictionLedgerRow[]>;
  /** Appends a decision and returns it as it stands there. */
  append(decision: ContradictionDecision): Promise<ContradictionLedgerRow>;
}

/** Opens the ledger of a workspace, which need not have any row. */
export function openContradictionLedger(workspace: string): ContradictionLedger {
  const path = join(workspace, 'ledger', 'contradictions.jsonl');
  const rows: LedgerRow[] = [];
  const ledger = openLedger(path, (row) => void rows.push(row));
  return {
    all: async () => {
      await ledger.refresh();
      return rows.map((row) => parseRow(row, path));
    },
    append: async (decision) => {
      const [row] = await ledger.append(() => [decision as unknown as JsonObject]);
      return parseRow(row!, path);
    },
  };
}

function parseRow(row: LedgerRow, path: string): ContradictionLedgerRow {
  const parsed = contradictionLedgerRowSchema.safeParse(row);
  if (parsed.success) return parsed.data;
  throw new LakeCorruptError(
    `reading the ledger of contradictions ${path}, row ${row.seq}: expected a contradiction-decision/1 row, found another one.`,
    'Put the ledger and its head file back from a copy.',
    { kind: 'edit', line: row.seq },
  );
}
