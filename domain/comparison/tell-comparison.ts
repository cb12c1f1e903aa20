import type { PairedComparison } from '../../schemas/paired-comparison.ts';
import { FEW_CLUSTERS } from '../stats/cluster-bootstrap.ts';

/** What a comparison says in words: the finding first, then its numbers, then what a reader has to know of them. */
export function tellComparison(
  row: Omit<PairedComparison, 'text'>,
  { alpha, margin }: { readonly alpha: number; readonly margin: number | undefined },
): string {
  return [tellFinding(row, alpha), ...tellMargin(row, margin), ...tellClusters(row)].join('; ');
}

function tellFinding(
  { ci95, delta, n, clusters, arm_a, arm_b, p_bonferroni, significant }: Omit<PairedComparison, 'text'>,
  alpha: number,
): string {
  if (ci95 === null || delta === null || p_bonferroni === null) {
    const found = clusters === undefined || n < 2 ? `${n} of at least 2 questions` : `${clusters} of at least 2 clusters`;
    return `not testable: ${found}; not significant`;
  }
  const level = Number((100 * (1 - alpha)).toPrecision(6));
  const numbers = `${arm_b} minus ${arm_a} ${signed(delta)}, ${level} % ${signed(ci95[0])} to ${signed(ci95[1])}, adjusted p ${Number(p_bonferroni.toPrecision(3))}`;
  return significant ? `${delta > 0 ? arm_b : arm_a} is higher: ${numbers}` : `not significant: ${numbers}`;
}

function tellMargin({ arm_a, arm_b, non_inferior }: Omit<PairedComparison, 'text'>, margin: number | undefined): string[] {
  if (margin === undefined || non_inferior === undefined) return [];
  return [
    non_inferior ? `${arm_b} is non-inferior to ${arm_a} within ${margin}` : `${arm_b} may fall behind ${arm_a} by ${margin} or more`,
  ];
}

function tellClusters({ clusters, test }: Omit<PairedComparison, 'text'>): string[] {
  if (clusters === undefined) return [];
  return [
    `${clusters} clusters drawn`,
    ...(clusters < FEW_CLUSTERS ? [`fewer than ${FEW_CLUSTERS} clusters: the interval is rough and may be too narrow`] : []),
    ...(test === 'mcnemar_exact' ? ["McNemar's p takes questions as independent"] : []),
  ];
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
}
