import type { PanelVerdict } from '../../schemas/vocabulary.ts';

/** The cycle that decides: the first with the worst verdict, where fail is worse than inconclusive, and that than pass. One cycle at least. */
export function decidingCycle<Cycle extends { readonly verdict: PanelVerdict }>(cycles: readonly [Cycle, ...Cycle[]]): Cycle {
  const [first, ...rest] = cycles;
  return rest.reduce<Cycle>((worst, cycle) => (RANKS[cycle.verdict] > RANKS[worst.verdict] ? cycle : worst), first);
}

const RANKS: Readonly<Record<PanelVerdict, number>> = { pass: 0, inconclusive: 1, fail: 2 };
