import type { PairedComparison } from '../../schemas/paired-comparison.ts';

/** A difference of two shares in percentage points with its interval and p, as a sentence has it: `+42.0 points (95 % +31.2 to +52.8, p 0.0001), significant`. */
export function tellDifference({ delta, ci95, p_raw: p, significant }: PairedComparison): string {
  if (delta === null) return 'nothing to compare';
  const parts = [
    ...(ci95 === null ? [] : [`95 % ${showPoints(ci95[0])} to ${showPoints(ci95[1])}`]),
    ...(p === null ? [] : [`p ${Number(p.toPrecision(3))}`]),
  ];
  return `${showPoints(delta)} points${parts.length === 0 ? '' : ` (${parts.join(', ')})`}, ${significant ? 'significant' : 'not significant'}`;
}

function showPoints(share: number): string {
  const points = Number((Math.abs(share) * 100).toFixed(1));
  return `${points === 0 ? '±' : share > 0 ? '+' : '−'}${points.toFixed(1)}`;
}
