/** Bonferroni: each p times the size of the family, at most 1. `family` counts comparisons that were not testable, too. */
export function adjustBonferroni(ps: readonly number[], family = ps.length): number[] {
  return ps.map((p) => Math.min(1, family * p));
}

/**
 * Holm's step-down: with p ascending, the largest of min(1, (family - j) p_j) over j from 0 up to its own place; in the order given.
 * Source: S. Holm, A simple sequentially rejective multiple test procedure (1979).
 */
export function adjustHolm(ps: readonly number[], family = ps.length): number[] {
  const adjusted = ps.map(() => 0);
  let largest = 0;
  ps.map((p, at) => ({ p, at }))
    .sort((left, right) => left.p - right.p)
    .forEach(({ p, at }, place) => {
      largest = Math.max(largest, Math.min(1, (family - place) * p));
      adjusted[at] = largest;
    });
  return adjusted;
}

/** The smallest corrected p that a bootstrap can give in a family: m / (B + 1), at most 1. Null for an empty family. */
export function smallestCorrectedP(family: number, resamples: number): number | null {
  return family === 0 ? null : Math.min(1, family / (resamples + 1));
}
