import { mean } from './variance.ts';

/**
 * Krippendorff's alpha for values on an interval scale: 1 - D_o / D_e, both mean squared differences between two values: D_o of pairs of one unit, a
 * unit with m values counting m times, D_e of pairs of any two values. Each unit holds the values it was given, by whomever; a unit with fewer than two
 * has no pair and does not count. Null without pairs, and where all values are equal. Source: K. Krippendorff, Computing Krippendorff's
 * alpha-reliability (2011).
 */
export function krippendorffAlpha(units: readonly (readonly number[])[]): number | null {
  const paired = units.filter((values) => values.length > 1);
  const all = paired.flat();
  const expected = squaredDifferences(all) / (all.length - 1);
  const observed = paired.reduce((sum, values) => sum + squaredDifferences(values) / (values.length - 1), 0);
  return all.every((value) => value === all[0]) ? null : 1 - observed / expected;
}

/** Sum of (x - y)^2 over all pairs of two values in either order: 2 m times the sum of squares around their mean. */
function squaredDifferences(values: readonly number[]): number {
  const centre = mean(values);
  return 2 * values.length * values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}
