/**
 * The value that a normal variable stays below with probability `p`, 0 < p < 1; absolute error below 1e-12. Found by halving the distance on the
 * distribution function, whose series converges everywhere. RangeError outside.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`taking a normal quantile: expected a probability between 0 and 1, found ${p}. Pass one.`);
  if (p < 0.5) return -normalQuantile(1 - p);
  let [low, high] = [0, 40];
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    if (upperTail(middle) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Enough to bring 40 below the distance of two doubles. */
const HALVINGS = 60;
const DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);
/** From here on the series loses digits and the continued fraction does not. */
const FAR = 3;

/** Probability of a value above `x`, 0 <= x. */
function upperTail(x: number): number {
  const density = DENSITY_AT_0 * Math.exp((-x * x) / 2);
  if (x >= FAR) return density / fraction(x);
  let term = x;
  let sum = 0;
  for (let odd = 1; Math.abs(term) > 1e-18; odd += 2) {
    sum += term;
    term *= (x * x) / (odd + 2);
  }
  return 0.5 - density * sum;
}

/** Laplace's continued fraction, deep enough for all x from FAR on. */
function fraction(x: number): number {
  let below = x;
  for (let depth = 200; depth >= 1; depth -= 1) below = x + depth / below;
  return below;
}
