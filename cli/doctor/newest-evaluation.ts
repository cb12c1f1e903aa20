import { existsSync, readFileSync } from 'node:fs';
import { evalLedgerPath } from '../../adapters/files/eval-ledger.ts';
import { evalReadRecordSchema, type EvalReadRecord } from '../../schemas/eval-record.ts';

/** The newest record of an evaluation that was completed; undefined where there is none. Lines that are no record are told by the check of ledgers. */
export function newestEvaluation(workspace: string): EvalReadRecord | undefined {
  const path = evalLedgerPath(workspace);
  if (!existsSync(path)) return undefined;
  const records = readFileSync(path, 'utf8').split('\n').flatMap(readLine);
  const completed = records.filter(({ status, ran_at }) => status === 'completed' && !Number.isNaN(Date.parse(ran_at)));
  // Of records of one time the last one counts.
  return completed.reduce<EvalReadRecord | undefined>(
    (newest, record) => (newest === undefined || Date.parse(record.ran_at) >= Date.parse(newest.ran_at) ? record : newest),
    undefined,
  );
}

function readLine(line: string): EvalReadRecord[] {
  try {
    const { data } = evalReadRecordSchema.safeParse(JSON.parse(line));
    return data === undefined ? [] : [data];
  } catch {
    return [];
  }
}
