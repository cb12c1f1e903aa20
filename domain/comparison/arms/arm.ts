import type { EvalQuestionRow } from '../../../schemas/eval-question-row.ts';
import type { EvalReadRecord } from '../../../schemas/eval-record.ts';

/** One side of a comparison. Names are distinct within a suite. */
export interface Arm {
  readonly name: string;
  readonly record: EvalReadRecord;
  readonly questions: readonly EvalQuestionRow[];
}

/** Why arms are not compared: what was expected, what was found, and what to do. Holds no text of a question. */
export interface Refusal {
  readonly suite: string;
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
}

/** A record by the uid that joins go by; records of other writers have none, and are told apart by what they say of themselves. */
export function uidOf({ run_uid, run_id, ran_at }: EvalReadRecord): string {
  return run_uid ?? `${run_id}@${ran_at}`;
}

/** When a record ran, in milliseconds; below everything for a time that cannot be read. */
export function ranAtMs({ ran_at }: EvalReadRecord): number {
  const ms = Date.parse(ran_at);
  return Number.isNaN(ms) ? -Infinity : ms;
}
