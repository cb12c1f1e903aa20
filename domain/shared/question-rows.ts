import type { EvalQuestionRow } from '../../schemas/eval-question-row.ts';

/** The questions of a record, each once and without what it retrieved, or why there are none to compare. */
export type QuestionRows =
  | {
      readonly ok: true;
      readonly questions: readonly EvalQuestionRow[];
      /** Rows of attempts that a later one took the place of. */
      readonly superseded: number;
    }
  | { readonly ok: false; readonly expected: string; readonly found: string; readonly remedy: string };
