import type { Bt29, DeterminismModel, DeterminismReport, MetricSpread, RecordedField } from '../../schemas/determinism-report.ts';
import { DETERMINISM_REASONS } from '../../schemas/vocabulary.ts';

/** A value to four decimals, or `n/a`. */
export function showValue(value: number | null): string {
  return value === null ? 'n/a' : value.toFixed(4);
}

/** Smallest and largest value, `0.4000–0.4100`, or `n/a` where there is no good one. */
export function showRange({ min, max }: MetricSpread): string {
  return min === null || max === null ? 'n/a' : `${showValue(min)}–${showValue(max)}`;
}

/** The verdict in one cell: the first reason stands for all, and a budget that was broken needs no words. */
export function showVerdict({ verdict, reasons }: Pick<DeterminismModel, 'verdict' | 'reasons'>): string {
  const code = reasons[0]?.code;
  if (code === undefined || code === 'over_budget') return verdict;
  const details = reasons.filter((reason) => reason.code === code).map(({ detail }) => detail);
  return code === 'nothing_measured' ? `FAIL (${DETERMINISM_REASONS[code]})` : `FAIL (${DETERMINISM_REASONS[code]}: ${details.join('; ')})`;
}

/** A model id that nobody can take for another one: in quotes when its ends or its line would not show. */
export function showId(id: string): string {
  return id === id.trim() && !/[\r\n\t]/.test(id) ? id : JSON.stringify(id);
}

/** The MDE of both metrics, `0.1700 / 0.1981`. */
export function showMde({ mde }: DeterminismModel): string {
  return `${showValue(mde.mrr)} / ${showValue(mde.hit_at_1)}`;
}

/** Whether BT-29 is established, in the one sentence that may be quoted. */
export function showBt29({ established, claim, reason }: Bt29): string {
  if (!established) return `BT-29: not established (${reason ?? 'unknown'})`;
  return claim === 'full' ? 'BT-29: established' : 'BT-29: established for retrieval only; judge-mean deferred';
}

/** How many items may flip within the budget for Hit@1, for each number of items that a model was scored over. */
export function showBudgetFlips({ models, budgets }: DeterminismReport): string[] {
  const counts = new Map(models.flatMap(({ scored_count: n, budget_flips: flips }) => (n === null || flips === null ? [] : [[n, flips]])));
  const known = [...counts].sort(([left], [right]) => left - right);
  if (known.length === 0) return [`budget = floor(${budgets.hit_at_1} x N) item flips; N is not known`];
  return known.map(([n, flips]) => `budget = floor(${budgets.hit_at_1} x ${n}) = ${flips} item flips`);
}

/** Whether the runs may be compared, and by which key. */
export function showComparability({ comparability: { status, key, differences } }: DeterminismReport): string {
  if (status === 'comparable') return `comparable, key ${key ?? ''}`;
  if (status === 'partial') return 'partial, as far as the files record it';
  return `not comparable: ${differences.map(({ field }) => field).join(', ')}`;
}

/** Ranks side by side; a dash where no golden was found. */
export function showRanks(ranks: readonly (number | null)[]): string {
  return ranks.map((rank) => rank ?? '–').join(' · ');
}

/** A field with what was recorded where, `temperature 0.6 in run-a, 0.7 in run-b`. */
export function showField({ field, values }: RecordedField): string {
  const [first, ...others] = values;
  if (first !== undefined && others.length === 0) return `${field} ${first.value ?? 'not recorded'} in every run`;
  return `${field} ${values.map(({ value, run_ids }) => `${value ?? 'not recorded'} in ${run_ids.join(', ')}`).join(', ')}`;
}
