import type { Trace, TraceLink } from '../../schemas/trace.ts';

/** What the links come to: broken when one is, else unprovable when one is; and the first that does not hold, in the order they are given. */
export function judgeTrace(links: readonly TraceLink[]): Pick<Trace, 'verdict' | 'first'> {
  const broken = links.find(({ state }) => state === 'broken');
  const first = broken ?? links.find(({ state }) => state === 'unprovable') ?? null;
  return { verdict: first?.state ?? 'holds', first };
}
