import type { ModelSummary } from '../../../schemas/bench-model-summary.ts';

/** The embeddings of the answers to one event, one for each time it was asked. */
export interface EventVectors {
  readonly event_id: string;
  readonly source: string;
  readonly vectors: readonly (readonly number[])[];
}

/** How alike the answers to the same event are, from -1 to 1: mean and smallest over events, null when no event could be measured. */
export interface SelfConsistency {
  readonly mean: number | null;
  readonly min: number | null;
  /** Events whose vectors cannot be compared; they are in neither number. */
  readonly errors: ModelSummary['errors'];
}

/** Takes the mean cosine of all pairs of an event's vectors, then mean and minimum over events. Events with fewer than two vectors say nothing. */
export function measureSelfConsistency(events: readonly EventVectors[]): SelfConsistency {
  const repeated = events.filter(({ vectors }) => vectors.length >= 2);
  const faults = repeated.map(findFault);
  const means = repeated.filter((_, index) => faults[index] === undefined).map(({ vectors }) => meanPairwiseCosine(vectors));
  return {
    mean: means.length === 0 ? null : sum(means) / means.length,
    min: means.length === 0 ? null : Math.min(...means),
    errors: repeated.flatMap(({ event_id }, index) => {
      const fault = faults[index];
      return fault === undefined ? [] : [{ step: 'self_consistency', type: fault.type, error: `${event_id}: ${fault.error}` }];
    }),
  };
}

function findFault({ vectors }: EventVectors): { readonly type: string; readonly error: string } | undefined {
  const lengths = [...new Set(vectors.map((vector) => vector.length))];
  if (lengths.length > 1) return { type: 'vector_lengths', error: `expected vectors of one length, found ${lengths.join(' and ')}` };
  const isFinite = vectors.every((vector) => vector.every((value) => Number.isFinite(value)));
  return isFinite ? undefined : { type: 'vector_not_finite', error: 'expected finite numbers in every vector, found NaN or an infinity' };
}

function meanPairwiseCosine(vectors: readonly (readonly number[])[]): number {
  const units = vectors.map(normalize);
  const cosines: number[] = [];
  units.forEach((left, index) => {
    for (const right of units.slice(index + 1)) cosines.push(dot(left, right));
  });
  return sum(cosines) / cosines.length;
}

/** The vector at length 1; a zero vector stays one, so its cosine with any other is 0. */
function normalize(vector: readonly number[]): number[] {
  // Squares of very large or very small numbers would leave the range of a double.
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return [...vector];
  const scaled = vector.map((value) => value / largest);
  const length = Math.sqrt(dotOf(scaled, scaled));
  return scaled.map((value) => value / length);
}

/** The cosine of two vectors of length 1; rounding may not carry it out of its range, nor leave a negative zero. */
function dot(left: readonly number[], right: readonly number[]): number {
  return Math.min(1, Math.max(-1, dotOf(left, right))) + 0;
}

function dotOf(left: readonly number[], right: readonly number[]): number {
  let total = 0;
  left.forEach((value, index) => (total += value * (right[index] ?? 0)));
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
