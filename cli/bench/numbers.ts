/** A measured value to four decimals; `n/a` where nothing was measured. */
export function fourDecimals(value: number | null): string {
  return value === null ? 'n/a' : value.toFixed(4);
}

/** A difference with its sign. */
export function signed(value: number | null): string {
  return value === null ? 'n/a' : `${value < 0 ? '' : '+'}${value.toFixed(4)}`;
}

/** An interval with both ends. */
export function tellInterval(interval: readonly [number, number] | null): string {
  return interval === null ? 'n/a' : `${signed(interval[0])} to ${signed(interval[1])}`;
}
