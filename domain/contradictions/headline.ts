import type { Proportion } from '../stats/wilson.ts';

/** Where the share of queries with a contradiction lies, by both ends of its interval. */
export type Band = 'below 5%' | '5-15%' | 'above 15%' | 'between bands';

/** The band that an interval lies in as a whole; `between bands` when it does not. */
export function bandOf({ lower, upper }: Pick<Proportion, 'lower' | 'upper'>): Band {
  if (upper < 0.05) return 'below 5%';
  if (lower > 0.15) return 'above 15%';
  return lower >= 0.05 && upper <= 0.15 ? '5-15%' : 'between bands';
}

/** The share of queries with a contradiction in one sentence. */
export function headlineOf(count: number, queries: number, interval: Proportion): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const share = queries === 0 ? 'no query was judged' : `${count} of ${queries} queries bring a contradiction, ${percent(interval.point)}`;
  return queries === 0 ? share : `${share} (95% between ${percent(interval.lower)} and ${percent(interval.upper)}): ${bandOf(interval)}`;
}
