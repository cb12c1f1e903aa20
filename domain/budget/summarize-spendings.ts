import type { BudgetSum } from '../../schemas/budget-summary.ts';
import { usdOf } from '../cost/index.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import type { Spending } from './list-spendings.ts';

/** What calls add up to. Sums are of whole nano-dollars, so they are exact. */
export function sumSpendings(spendings: readonly Spending[]): BudgetSum {
  const settled = spendings.filter((each) => each.settled !== null);
  const open = spendings.filter((each) => each.settled === null);
  const settledNano = total(settled, (each) => each.settled!);
  const openNano = total(open, (each) => each.reserved);
  return {
    calls: spendings.length,
    estimated_usd: usdOf(total(settled, (each) => each.reserved)),
    settled_usd: usdOf(settledNano),
    open_calls: open.length,
    set_aside_usd: usdOf(openNano),
    spent_usd: usdOf(settledNano + openNano),
    input_tokens: total(settled, (each) => each.inputTokens ?? 0),
    output_tokens: total(settled, (each) => each.outputTokens ?? 0),
  };
}

/** The same for each of the groups that a name tells apart, in the order of the names. */
export function sumSpendingsBy(spendings: readonly Spending[], nameOf: (spending: Spending) => string): (BudgetSum & { name: string })[] {
  const names = [...new Set(spendings.map(nameOf))].sort(compareCodePoints);
  const members = new Map<string, Spending[]>(names.map((name) => [name, []]));
  for (const spending of spendings) members.get(nameOf(spending))!.push(spending);
  return names.map((name) => ({ name, ...sumSpendings(members.get(name)!) }));
}

function total(spendings: readonly Spending[], amountOf: (spending: Spending) => number): number {
  return spendings.reduce((sum, each) => sum + amountOf(each), 0);
}
