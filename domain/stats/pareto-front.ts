/** What something costs and what it is worth. */
export interface CostAndWorth {
  readonly cost: number;
  readonly worth: number;
}

/**
 * For each item the place of one that dominates it: costs no more and is worth no less, and is better in one of both; null for the Pareto front. Of
 * several that dominate, the cheapest, of equal cost the worthiest, is named. Twins dominate neither each other nor themselves.
 */
export function findDominators(items: readonly CostAndWorth[]): (number | null)[] {
  const places = [...items.keys()].sort(
    (left, right) => items[left]!.cost - items[right]!.cost || items[right]!.worth - items[left]!.worth || left - right,
  );
  return items.map((item) => places.find((place) => dominates(items[place]!, item)) ?? null);
}

function dominates(one: CostAndWorth, other: CostAndWorth): boolean {
  return one.cost <= other.cost && one.worth >= other.worth && (one.cost < other.cost || one.worth > other.worth);
}
