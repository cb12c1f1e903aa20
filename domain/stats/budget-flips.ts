/** A budget is no exact double: a whole number of flips must not become one less. */
const ROUNDING = 1e-9;

/** How many of `n` items may change from hit to miss before a mean over them moves by more than the budget: floor(budget x n). */
export function budgetFlips(budget: number, n: number): number {
  return Math.floor(budget * n + ROUNDING);
}
