import { dirname, isAbsolute, join, relative } from 'node:path';
import { readQuestionRows } from '../../adapters/files/question-rows.ts';
import type { QuestionRows } from '../../domain/shared/question-rows.ts';
import type { EvalReadRecord } from '../../schemas/eval-record.ts';

/** The rows of a record, which names them from the folder that holds the ledger's folder; or why there are none. `ledger` is the path of the ledger. */
export async function readRows(record: EvalReadRecord, ledger: string): Promise<QuestionRows> {
  const named = record.rows_path ?? '';
  const base = dirname(dirname(ledger));
  if (named === '') {
    const remedy = 'Evaluate again with `lauter eval run-all`: without the row of each question there is nothing to pair.';
    return { ok: false, expected: 'a file with the rows of its questions', found: 'none named', remedy };
  }
  const path = isAbsolute(named) ? named : join(base, named);
  return readQuestionRows(path, isAbsolute(named) ? named : relative(base, path), record);
}
