import type { TierBreakdown } from '../../schemas/contradiction-report.ts';
import type { CandidatePair } from './pair.ts';

/** How many pairs there are between tiers; everything that is not of curated and bulk pages alone is `other`. */
export function tierBreakdown(pairs: readonly Pick<CandidatePair, 'a' | 'b'>[]): TierBreakdown {
  const counts = { ...NO_TIERS };
  for (const { a, b } of pairs) counts[between(a.source_tier, b.source_tier)] += 1;
  return counts;
}

/** A breakdown of no pairs. */
export const NO_TIERS: TierBreakdown = { curated_vs_curated: 0, curated_vs_bulk: 0, bulk_vs_bulk: 0, other: 0 };

type Tier = CandidatePair['a']['source_tier'];

function between(a: Tier, b: Tier): keyof TierBreakdown {
  if (a === 'other' || b === 'other') return 'other';
  if (a !== b) return 'curated_vs_bulk';
  return a === 'curated' ? 'curated_vs_curated' : 'bulk_vs_bulk';
}
