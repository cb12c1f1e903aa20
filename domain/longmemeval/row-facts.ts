import type { LongMemEvalReadRow } from '../../schemas/longmemeval-rows.ts';
import type { LongMemEvalOutcome } from '../../schemas/vocabulary.ts';
import { isAbstention, scoreSessions, type SessionScore } from './score-sessions.ts';

/** What a row counts as. */
export interface RowFacts {
  readonly type: string;
  readonly outcome: LongMemEvalOutcome;
  readonly isAbstention: boolean;
  /** True when nothing was found for it because something failed. */
  readonly isError: boolean;
  /** True when recall counts it: there was something to find, and it was tried to find it. */
  readonly counts: boolean;
  /** Null for an error, which is a miss at every depth, and for a row without gold. */
  readonly score: SessionScore | null;
  /** Null for an answer that no judge was asked about; one that a judge could not decide on is not right. */
  readonly isCorrect: boolean | null;
}

/** Reads a row of any program's file. The gold that a row does not state comes from the dataset, where that is known. */
export function rowFacts(row: LongMemEvalReadRow, depths: readonly number[]): RowFacts {
  const isAbs = isAbstention(row.question_id);
  const isError = row.error !== null && row.error !== undefined && row.error !== '';
  const outcome = row.outcome ?? (isError ? 'harness_error' : isAbs ? 'abstention' : 'scored');
  const score = isError ? null : scoreOf(row, depths);
  return {
    type: row.question_type ?? 'unknown',
    outcome,
    isAbstention: isAbs,
    isError,
    counts: outcome !== 'skipped_budget' && outcome !== 'malformed' && (isError || score !== null),
    score,
    isCorrect: row.judge_correct ?? (row.judge_error ? false : null),
  };
}

function scoreOf(row: LongMemEvalReadRow, depths: readonly number[]): SessionScore | null {
  const { retrieved_session_ids: ranked, answer_session_ids: gold } = row;
  if (ranked !== null && ranked !== undefined && gold !== null && gold !== undefined) return scoreSessions(ranked, gold, depths);
  return statedScore(row, depths);
}

/** What the row itself says. A file that only tells "any gold session" says nothing of all of them, unless there is one alone. */
function statedScore(row: LongMemEvalReadRow, depths: readonly number[]): SessionScore | null {
  const { recall_hit: hit, recall_all_hit: all, recall_any_hit: any, recall_fraction: fraction } = row;
  if (hit === null || hit === undefined) return null;
  const goldTotal = row.gold_total ?? 1;
  const goldFound = row.gold_found ?? (hit && goldTotal === 1 ? 1 : 0);
  const at = <Value>(stated: Readonly<Record<string, Value>> | null | undefined, otherwise: Value): Record<string, Value> =>
    Object.fromEntries(depths.map((depth) => [String(depth), stated?.[depth] ?? otherwise]));
  return { all: at(all, false), any: at(any, false), fraction: at(fraction, 0), hit, goldTotal, goldFound };
}
