import { sumDrawn, UnitStream } from './unit-stream.ts';

/**
 * Resamples of n units, drawn with replacement from the stream that `seed` names. Each gives the sum of what its units have over the line, divided by the
 * sum of what they have under it: sums and sizes of clusters make a mean, two scores of an item a ratio of means. In the order of drawing.
 */
export function resampleRatios(over: Float64Array, under: Float64Array, seed: string, resamples: number): Float64Array {
  const stream = new UnitStream(seed, over.length);
  const units = new Int32Array(over.length);
  const ratios = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample += 1) {
    stream.draw(units);
    ratios[resample] = sumDrawn(over, units) / sumDrawn(under, units);
  }
  return ratios;
}
