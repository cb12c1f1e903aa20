import type { LongMemEvalReadRow } from '../../schemas/longmemeval-rows.ts';
import type { ConfigHashes } from './config-hashes.ts';

/** What a hypothesis file that is gone on with comes to. */
export interface Resumed {
  readonly kept: readonly LongMemEvalReadRow[];
  /** Questions whose rows have an error and no answer: they are done again. */
  readonly retried: readonly string[];
  /** Questions with more than one row; the first counts. */
  readonly duplicates: readonly string[];
  /** Hashes in which kept rows differ from this run, with how many rows have which value. */
  readonly mixed: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Decides over the rows of a file. A row that does not say what it was made with (other programs' files do not) differs from nothing. */
export function decideResume(rows: readonly LongMemEvalReadRow[], now: ConfigHashes & { readonly dataset: string }): Resumed {
  const { first, duplicates } = firstRows(rows);
  const kept = first.filter((row) => !isRetried(row));
  return { kept, retried: first.filter(isRetried).map(({ question_id }) => question_id), duplicates, mixed: mixOf(kept, now) };
}

/** Of each question the first row that counts: one that failed stands back behind a later one that did not. */
function firstRows(rows: readonly LongMemEvalReadRow[]): { first: LongMemEvalReadRow[]; duplicates: string[] } {
  const first = new Map<string, LongMemEvalReadRow>();
  const duplicates = new Set<string>();
  for (const row of rows) {
    const known = first.get(row.question_id);
    if (known !== undefined) duplicates.add(row.question_id);
    if (known === undefined || (isRetried(known) && !isRetried(row))) first.set(row.question_id, row);
  }
  return { first: [...first.values()], duplicates: [...duplicates] };
}

/** True for a row that has an error and no answer: its question is done again by whoever goes on with the file. */
export function isRetried({ error, hypothesis }: LongMemEvalReadRow): boolean {
  return hasText(error) && !hasText(hypothesis);
}

function hasText(text: string | null | undefined): boolean {
  return text !== null && text !== undefined && text !== '';
}

function mixOf(rows: readonly LongMemEvalReadRow[], now: ConfigHashes & { readonly dataset: string }): Resumed['mixed'] {
  const wanted = {
    retrieval_config_hash: now.retrieval,
    dataset_hash: now.dataset,
    // A file of ours says "none" with null; one of others says nothing.
    reader_config_hash: now.reader ?? NONE,
    judge_config_hash: now.judge ?? NONE,
  };
  const isOwn = ({ retrieval_config_hash: hash }: LongMemEvalReadRow): boolean => hasText(hash);
  const mixed = Object.entries(wanted).flatMap(([name, value]) => {
    const field = name as keyof typeof wanted;
    const isCompared = (row: LongMemEvalReadRow): boolean => hasText(row[field]) || (isOwn(row) && row[field] === null);
    const found = countValues(rows.filter(isCompared).map((row) => row[field] ?? NONE));
    return Object.keys(found).some((other) => other !== value) ? [[name, found] as const] : [];
  });
  return Object.fromEntries(mixed);
}

/** Stands for "nothing of the kind was done" where values are counted. */
export const NONE = 'none';

/** How often each text occurs. */
export function countValues(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
