import { sumDrawn, UnitStream } from './unit-stream.ts';

/**
 * Means of resamples of n items, drawn with replacement from the stream that `seed` names, of several numbers of the same items: one draw serves all
 * columns. For each column its means in the order of drawing.
 */
export function resampleMeans(columns: readonly Float64Array[], seed: string, resamples: number): Float64Array[] {
  const n = columns[0]?.length ?? 0;
  const stream = new UnitStream(seed, n);
  const units = new Int32Array(n);
  const means = columns.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample += 1) {
    stream.draw(units);
    for (let column = 0; column < columns.length; column += 1) means[column]![resample] = sumDrawn(columns[column]!, units) / n;
  }
  return means;
}
