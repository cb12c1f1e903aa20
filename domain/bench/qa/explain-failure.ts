import type { QaValidation } from '../../../schemas/bench-qa-reports.ts';

/** Why a fixture does not pass, in words; nothing when it does. */
export function explainFailure(found: Omit<QaValidation, 'passes' | 'warnings' | 'detail'>): string[] {
  const { total, scoreable, min_scoreable: least, provenance } = found;
  const failures: string[] = [];
  if (total === 0) failures.push('the fixture has no rows');
  if (scoreable < least) failures.push(`expected at least ${least} scoreable questions, found ${scoreable}`);
  for (const field of ['qa_id', 'golden_event_id'] as const) {
    const count = found.duplicates.filter((duplicate) => duplicate.field === field).length;
    if (count > 0) failures.push(field === 'qa_id' ? `${count} ids stand twice` : `${count} goldens are used by two rows`);
  }
  for (const [code, words] of Object.entries(ERROR_WORDS)) {
    const count = found.errors.filter((error) => error.code === code).length;
    if (count > 0) failures.push(`${count} rows ${words}`);
  }
  if (provenance.allowed === null) {
    if (provenance.state === 'missing') failures.push('there is no provenance file');
    for (const { field, expected, found: inUse } of provenance.differences) failures.push(`${field}: expected ${expected}, found ${inUse}`);
  }
  return failures;
}

const ERROR_WORDS: Readonly<Record<QaValidation['errors'][number]['code'], string>> = {
  blank_question: 'have no question',
  source_filter_contradiction: 'have a source_filter that is not the source of their golden',
  source_filter_not_text: 'have a source_filter that is neither text nor null',
};
