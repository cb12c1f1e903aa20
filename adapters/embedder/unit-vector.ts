/** The vector at length 1, or the sentence that says why it cannot be compared with others: another length, a value that is not finite, all zeros. */
export function toUnitVector(values: ArrayLike<number>, dimensions: number): Float32Array | string {
  if (values.length !== dimensions) return `expected vectors of ${dimensions} dimensions, found one of ${values.length}`;
  let squares = 0;
  for (let at = 0; at < dimensions; at += 1) squares += values[at]! ** 2;
  if (!Number.isFinite(squares)) return 'expected finite numbers, found a vector with another one';
  if (squares === 0) return 'expected a direction, found a vector of zeros';
  const length = Math.sqrt(squares);
  return Float32Array.from(values, (value) => value / length);
}
