import type { QaValidation } from '../../../schemas/bench-qa-reports.ts';
import type { QaQuestion } from './read-row.ts';

/** Ids that stand twice, and goldens that two rows use, with the lines of all of them. */
export function findDuplicates(questions: readonly QaQuestion[]): QaValidation['duplicates'] {
  return [
    ...twice('qa_id', questions, ({ qaId }) => [qaId]),
    ...twice('golden_event_id', questions, ({ goldens }) => goldens.filter((golden) => golden !== null)),
  ];
}

function twice(
  field: QaValidation['duplicates'][number]['field'],
  questions: readonly QaQuestion[],
  valuesOf: (question: QaQuestion) => readonly string[],
): QaValidation['duplicates'] {
  const lines = new Map<string, number[]>();
  for (const question of questions) {
    for (const value of valuesOf(question)) lines.set(value, [...(lines.get(value) ?? []), question.line]);
  }
  return [...lines].filter(([, found]) => found.length > 1).map(([value, found]) => ({ field, value, lines: found }));
}
