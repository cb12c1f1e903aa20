import type { JudgedRanking } from './judged-ranking.ts';

/** How the values of queries become one: their mean, their sum, the geometric mean, or the number of queries. */
export type Summary = 'mean' | 'sum' | 'geometric mean';

/** Measures that differ in one number alone. */
export interface MeasureFamily {
  /** What it is called here, what trec_eval calls it, and other names that are understood; letter case says nothing. */
  readonly name: string;
  readonly trec: string | null;
  readonly also: readonly string[];
  /** The number after the name: a place counted from 1 or a share; `optional` measures look at the whole ranking without. */
  readonly takes: 'nothing' | 'place' | 'share' | 'multiple';
  readonly isOptional: boolean;
  readonly summary: Summary;
  /** True when a query has the value 0 or 1 and no other, so that the mean is a proportion. */
  readonly isBinary: boolean;
  /** Null where the query has no such value. */
  readonly compute: (ranking: JudgedRanking, parameter: number | undefined) => number | null;
}

/** One measure: a family with its number. `name` reads back as the same measure. */
export interface Measure {
  readonly name: string;
  /** As trec_eval spells it; null where it has no such measure. */
  readonly trecName: string | null;
  readonly family: MeasureFamily;
  readonly parameter: number | null;
}
