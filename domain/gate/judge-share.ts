import type { Breach } from '../../schemas/gate-report.ts';

/** The breach of a share that must not be below its limit; null when it is not. What is null or no number breaches it. */
export function judgeShare(metric: Breach['metric'], observed: number | null, threshold: number): Breach | null {
  if (observed !== null && observed >= threshold) return null;
  return { metric, observed, threshold, failure_origin: 'result' };
}
