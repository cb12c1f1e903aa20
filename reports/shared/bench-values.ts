/** A measured value to four decimals, or `n/a`. */
export function showValue(value: number | null): string {
  return value === null ? 'n/a' : value.toFixed(4);
}

/** A difference to four decimals with its sign, or `n/a`. */
export function showDifference(value: number | null): string {
  return value === null ? 'n/a' : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

/** An interval by its ends, or `n/a`. */
export function showInterval(interval: readonly [number, number] | null, show = showValue): string {
  return interval === null ? 'n/a' : `${show(interval[0])} to ${show(interval[1])}`;
}
