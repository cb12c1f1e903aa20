import type { ContradictionEnd } from '../../schemas/contradiction-report.ts';

/** What a judge is to decide: whether two texts go together, for whoever asks a query. */
export interface JudgeQuestion {
  readonly query: string;
  readonly a: ContradictionEnd;
  readonly b: ContradictionEnd;
  /** Most UTF-16 units of each text. */
  readonly maxPairChars: number;
}
