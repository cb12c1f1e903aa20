/** Cosine of two vectors of the same length, in [-1, 1]; 0 when one of them is all zeros. RangeError for different lengths or a value that is not finite. */
export function cosine(left: ArrayLike<number>, right: ArrayLike<number>): number {
  if (left.length !== right.length) throw new RangeError(`vectors of ${left.length} and ${right.length} dimensions have no cosine`);
  let [dot, leftSquares, rightSquares] = [0, 0, 0];
  for (let at = 0; at < left.length; at += 1) {
    const [one, other] = [left[at]!, right[at]!];
    dot += one * other;
    leftSquares += one * one;
    rightSquares += other * other;
  }
  const norm = Math.sqrt(leftSquares) * Math.sqrt(rightSquares);
  if (!Number.isFinite(norm) || !Number.isFinite(dot)) throw new RangeError('a vector holds a value that is not finite');
  return norm === 0 ? 0 : dot / norm;
}
