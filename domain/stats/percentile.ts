/**
 * The percentile that is one of the values: of `values` in ascending order, the one at `percent` x (n - 1) / 100 rounded to the nearest place, an exact
 * half to the even one. The place is found in whole numbers, so no rounding of a double moves it. Null when there are no values. RangeError for a
 * percentage that is not a whole number from 0 to 100, and for a value that is not finite.
 */
export function percentile(values: readonly number[], percent: number): number | null {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100)
    throw new RangeError(`taking a percentile: expected a whole percentage from 0 to 100, found ${percent}. Pass one.`);
  const stray = values.find((value) => !Number.isFinite(value));
  if (stray !== undefined)
    throw new RangeError(`taking a percentile: expected finite numbers, found ${stray}. Leave out what was not measured.`);
  if (values.length === 0) return null;
  return Float64Array.from(values).sort()[placeOf(percent, values.length)]!;
}

function placeOf(percent: number, n: number): number {
  const hundredths = percent * (n - 1);
  const rest = hundredths % 100;
  const place = (hundredths - rest) / 100;
  if (rest === 50) return place + (place % 2);
  return rest > 50 ? place + 1 : place;
}
