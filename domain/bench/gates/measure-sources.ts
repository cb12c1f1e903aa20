import type { BenchSourcePart } from '../../../schemas/bench-model-summary.ts';
import type { ModeMeans } from '../retrieval/summarize-retrieval.ts';
import { measureGates, type MeasuredAttempt } from './measure-gates.ts';
import { measureSelfConsistency, type EventVectors } from './self-consistency.ts';

const SMALL_BELOW = 10;

/** True for a number of items that is marked as small wherever it is shown. */
export function isSmall(n: number): boolean {
  return n < SMALL_BELOW;
}

/** Every gate of the base events and every retrieval mean again for each source, in alphabetical order; `n` is the number of its main calls. */
export function measureSources(
  attempts: readonly MeasuredAttempt[],
  vectors: readonly EventVectors[],
  retrieval: ReadonlyMap<string, ModeMeans>,
): Record<string, BenchSourcePart> {
  const base = attempts.filter(({ stratum }) => stratum === 'base');
  const sources = [...new Set([...base.map(({ event }) => event.source), ...retrieval.keys()])].sort();
  return Object.fromEntries(
    sources.map((source) => {
      const consistency = measureSelfConsistency(vectors.filter((event) => event.source === source));
      const gates = measureGates(
        base.filter(({ event }) => event.source === source),
        consistency,
      );
      const n = gates.main_attempts_count;
      return [source, { gates, modes: retrieval.get(source) ?? {}, n, small: isSmall(n) }];
    }),
  );
}
