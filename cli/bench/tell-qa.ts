import type { QaDraftReport, QaGraftReport, QaValidation, QaWorklistReport } from '../../schemas/bench-qa-reports.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** Verdict, counts, and every row that something is wrong with. */
export function tellQaValidation(found: QaValidation): string {
  const missing = Object.entries(found.missing_by_qa_id).map(([qaId, golden]) => [plain(qaId), golden === null ? 'null' : plain(golden)]);
  return [
    `${found.passes ? 'ok' : 'failed'}: ${plain(found.detail)}`,
    `qa_content_hash ${found.qa_content_hash}`,
    `corpus_content_hash ${plain(found.corpus_content_hash)} (${found.corpus_version})`,
    `${found.total} questions, ${found.scoreable} scoreable of at least ${found.min_scoreable}`,
    ...Object.entries(found.per_source).map(([source, count]) => `  ${plain(source)} ${count}`),
    ...(missing.length === 0 ? [] : ['', textTable(['not scoreable', 'golden'], missing)]),
    ...found.duplicates.map(({ field, value, lines }) => `${field} ${plain(value)} on lines ${lines.join(', ')}`),
    ...found.errors.map(({ line, qa_id: qaId, code }) => `line ${line} (${plain(qaId)}): ${code}`),
    ...found.warnings.map((warning) => `warning: ${plain(warning)}`),
  ].join('\n');
}

/** Where the draft lies and what to do with it. */
export function tellQaDraft({ fixture, provenance, rows, stratification, warnings }: QaDraftReport): string {
  const sources = Object.entries(stratification).map(([source, count]) => `${plain(source)} ${count}`);
  return [
    `${rows} rows without a question in ${plain(fixture)} (${sources.join(', ')})`,
    `provenance in ${plain(provenance)}`,
    ...warnings.map((warning) => `warning: ${warning}`),
    '',
    'Write the questions, then put the qa_content_hash that `lauter bench qa validate` prints into the provenance.',
  ].join('\n');
}

/** How much is to be done. */
export function tellQaWorklist({ path, total, unscoreable }: QaWorklistReport): string {
  return `${unscoreable} of ${total} questions cannot be scored; they stand in ${plain(path)}`;
}

/** What was carried over and what is left. */
export function tellQaGraft({ fixture, worklist, mapped, unmapped, scoreable, total }: QaGraftReport): string {
  return [
    `${mapped} goldens carried over, ${unmapped} not; ${scoreable} of ${total} questions can be scored in ${plain(fixture)}`,
    ...(worklist === null ? [] : [`what needs a golden stands in ${plain(worklist)}`]),
  ].join('\n');
}
