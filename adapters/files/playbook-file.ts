import { existsSync } from 'node:fs';
import { LakeCorruptError, UsageError } from '../../domain/shared/errors.ts';
import { ragRowSchema, type RagRow } from '../../schemas/export-rows.ts';
import { startSha256 } from '../digest.ts';
import { parseJson } from '../parse-json.ts';
import { ledgerLines } from './ledger-lines.ts';

/** The rows of a file of playbooks and the sha256 of its text. UsageError without a file, LakeCorruptError with the first line that is no RAG row; blank lines are none. */
export async function readPlaybooks(path: string): Promise<{ readonly rows: RagRow[]; readonly sha256: string }> {
  if (!existsSync(path)) {
    throw new UsageError(
      `reading playbooks, on ${path}: expected a file, found none.`,
      'Run `lauter distill run-all`, or name another file with --corpus FILE.',
    );
  }
  const digest = startSha256();
  const rows: RagRow[] = [];
  let line = 0;
  for await (const { text, isEnded } of ledgerLines(path)) {
    line += 1;
    digest.update(isEnded ? `${text}\n` : text);
    if (text.trim() === '') continue;
    const parsed = ragRowSchema.safeParse(parseJson(text));
    if (!parsed.success) throw noRow(path, line, parsed.error.issues[0]);
    rows.push(parsed.data);
  }
  return { rows, sha256: digest.digest() };
}

function noRow(
  path: string,
  line: number,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): LakeCorruptError {
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  return new LakeCorruptError(
    `reading playbooks, on ${path}:${line}: expected a row of rag/playbooks.jsonl, found another form (${where}${issue?.message ?? 'unknown'}).`,
    '`lauter distill run-all` writes the exports anew.',
  );
}
