import type { Leak } from '../../domain/longmemeval/index.ts';
import { CollectionError } from '../../domain/shared/errors.ts';

/** Gold that would have reached an engine or a model: nothing of the run can be believed. */
export function leakError(questionId: string, { where, what }: Leak): CollectionError {
  return new CollectionError(
    `scanning for leaks of gold, on question ${questionId}: expected none, found ${what} in its ${where}.`,
    'Take it out of the dataset: a system that sees it is told the answer.',
    { question_id: questionId, where },
  );
}
