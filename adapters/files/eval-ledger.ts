import { join } from 'node:path';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { EvalRecord } from '../../schemas/eval-record.ts';
import { openLedger } from './ledger.ts';

/** The ledger of evaluations of a workspace. */
export function evalLedgerPath(workspace: string): string {
  return join(workspace, 'ledger', 'eval-results.jsonl');
}

/** Appends a record durably, unless there is one of that `run_uid` already. LakeCorruptError once the chain is broken. */
export async function recordEvaluation(workspace: string, record: EvalRecord): Promise<void> {
  const known = new Set<unknown>();
  const ledger = openLedger(evalLedgerPath(workspace), (row) => known.add(row.run_uid));
  await ledger.append(() => (known.has(record.run_uid) ? [] : [record as unknown as JsonObject]));
}
