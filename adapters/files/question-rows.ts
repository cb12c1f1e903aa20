import type { QuestionRows } from '../../domain/shared/question-rows.ts';
import { evalQuestionRowSchema, type EvalQuestionRow } from '../../schemas/eval-question-row.ts';
import type { EvalReadRecord } from '../../schemas/eval-record.ts';
import { startSha256 } from '../digest.ts';
import { readLinesOf } from '../file-lines.ts';
import { parseJson } from '../parse-json.ts';

const MOST_LINE_BYTES = 16 << 20;

/**
 * Reads the per-question rows of a record, line by line, and says why there are none to compare: no file, other bytes than the ledger names, a line that
 * is no row or that of another run, a question that comes twice. Of a question that was tried again the last attempt counts. `path` is where the file
 * lies, `shown` how it is told.
 */
export async function readQuestionRows(path: string, shown: string, record: EvalReadRecord): Promise<QuestionRows> {
  const digest = startSha256();
  const rows = new Map<string, PlacedRow>();
  let superseded = 0;
  try {
    for await (const { line, bytes, isTooLong } of readLinesOf(path, MOST_LINE_BYTES, digest.update)) {
      if (isTooLong) return refuse('lines of at most 16 MiB', `a longer one on ${shown}:${line}`);
      const text = Buffer.from(bytes).toString();
      if (text.trim() === '') continue;
      const { data: row, error } = evalQuestionRowSchema.safeParse(parseJson(text));
      if (row === undefined) return refuse('rows of questions', `something else on ${shown}:${line} (${faultOf(error)})`);
      if (record.run_uid !== undefined && row.run_uid !== record.run_uid)
        return refuse(`rows of run ${record.run_uid}`, `one of ${row.run_uid} on ${shown}:${line}`);
      const before = rows.get(row.question_id);
      if (before?.row.attempt === row.attempt)
        return refuse('each question once', `${row.question_id} on lines ${before.line} and ${line} of ${shown}`);
      if (before !== undefined) superseded += 1;
      if (before === undefined || before.row.attempt < row.attempt) rows.set(row.question_id, { row: { ...row, retrieved: [] }, line });
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refuse('a file with the rows of its questions', `${code === 'ENOENT' ? 'none' : code} at ${shown}`);
  }
  const found = digest.digest();
  const named = record.rows_sha256 ?? found;
  if (named !== found) return refuse(`the rows that the ledger names, sha256 ${named}`, `sha256 ${found} at ${shown}`);
  return { ok: true, questions: [...rows.values()].map(({ row }) => row), superseded };
}

interface PlacedRow {
  readonly row: EvalQuestionRow;
  readonly line: number;
}

/** Which field, and never what it holds. */
function faultOf(error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] } | undefined): string {
  const path = error?.issues[0]?.path ?? [];
  return path.length === 0 ? 'no JSON object' : `at ${path.map(String).join('.')}`;
}

function refuse(expected: string, found: string): QuestionRows {
  return { ok: false, expected, found, remedy: 'Run that mode again, put the file back as it was, or name other runs with --runs.' };
}
