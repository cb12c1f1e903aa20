import { join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { LedgerRow } from '../../domain/shared/ledger-row.ts';
import { verdictRowSchema, type Verdict } from '../../schemas/verdict.ts';
import { openLedger } from './ledger.ts';

/** What people said of records: `ledger/verdicts.jsonl`. LakeCorruptError when its chain is broken. */
export interface Verdicts {
  /** All of them, oldest first. */
  all(): Promise<readonly Verdict[]>;
  /** Appends what `choose` makes of all that were given so far. Returns what was appended. */
  append(choose: (given: readonly Verdict[]) => readonly Verdict[]): Promise<readonly Verdict[]>;
}

/** Opens the verdicts of a workspace, which need not have any. */
export function openVerdicts(workspace: string): Verdicts {
  const path = join(workspace, 'ledger', 'verdicts.jsonl');
  const given: Verdict[] = [];
  const ledger = openLedger(path, (row) => void given.push(verdictOf(path, row)));
  return {
    all: async () => {
      await ledger.refresh();
      return [...given];
    },
    append: async (choose) => {
      const rows = await ledger.append(() => choose(given) as unknown as JsonObject[]);
      return rows.map((row) => verdictOf(path, row));
    },
  };
}

function verdictOf(path: string, row: LedgerRow): Verdict {
  const parsed = verdictRowSchema.safeParse(row);
  if (!parsed.success) {
    throw new LakeCorruptError(
      `reading the ledger ${path}, line ${row.seq}: expected a verdict/1, found something else.`,
      'It was appended by another version of lauter; use that one.',
    );
  }
  const { seq: _seq, prev_hash: _previous, row_hash: _hash, ...verdict } = parsed.data;
  return verdict;
}
