import { canonicalJson } from '../../shared/canonical-json.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import type { Sha256 } from '../../shared/ledger-row.ts';
import { readQuestion, type QaLine } from './read-row.ts';

/** `qa_content_hash`: of the canonical JSON of every row, one a line, ordered by id (rows that share one by their text). */
export function qaContentHash(rows: readonly QaLine[], sha256: Sha256): string {
  const lines = rows
    .map((row) => ({ qaId: readQuestion(row).qaId, text: canonicalJson(row.value) }))
    .sort((left, right) => compareCodePoints(left.qaId, right.qaId) || compareCodePoints(left.text, right.text));
  return sha256(`lauter-qa/1\n${lines.map(({ text }) => `${text}\n`).join('')}`);
}
