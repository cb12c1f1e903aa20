/** Renewals that must fit into the life of a lease, so that a lost one or two do not end a run. */
const RENEWALS_PER_TTL = 3;

/** Why a lease may not live that long; null when it may. The text shows the arithmetic. */
export function refuseTtl(ttlS: number, renewEveryS: number): string | null {
  const least = RENEWALS_PER_TTL * renewEveryS;
  if (Number.isFinite(ttlS) && ttlS >= least) return null;
  return `expected at least ${RENEWALS_PER_TTL} x ${renewEveryS} s = ${least} s, found ${ttlS} s`;
}
