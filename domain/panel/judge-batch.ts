import type { PanelVerdict } from '../../schemas/vocabulary.ts';

/** What became of a row of a batch. */
export type BatchRowOutcome = PanelVerdict | 'error' | 'upstream_error' | 'malformed' | 'budget_skipped';

/** What a batch comes to. */
export interface BatchJudgment {
  readonly verdict: PanelVerdict | 'error';
  /** 0 pass, 1 fail, 2 inconclusive or error. */
  readonly exit_code: 0 | 1 | 2;
  /** By the names of the summary. */
  readonly counts: {
    readonly total: number;
    readonly pass_count: number;
    readonly fail_count: number;
    readonly inconclusive_count: number;
    readonly error_count: number;
    readonly upstream_error_count: number;
    readonly malformed_count: number;
    readonly budget_skipped: number;
  };
}

/** Verdict and counts of a batch: what could not be judged comes first, then what failed, then what nobody knows. A batch of nothing is an error. */
export function judgeBatch(rows: readonly BatchRowOutcome[]): BatchJudgment {
  const count = (outcome: BatchRowOutcome): number => rows.filter((row) => row === outcome).length;
  const counts = {
    total: rows.length,
    pass_count: count('pass'),
    fail_count: count('fail'),
    inconclusive_count: count('inconclusive'),
    error_count: count('error'),
    upstream_error_count: count('upstream_error'),
    malformed_count: count('malformed'),
    budget_skipped: count('budget_skipped'),
  };
  const judged = counts.pass_count + counts.fail_count + counts.inconclusive_count;
  if (judged < counts.total || counts.total === 0) return { verdict: 'error', exit_code: 2, counts };
  if (counts.fail_count > 0) return { verdict: 'fail', exit_code: 1, counts };
  if (counts.inconclusive_count > 0) return { verdict: 'inconclusive', exit_code: 2, counts };
  return { verdict: 'pass', exit_code: 0, counts };
}
