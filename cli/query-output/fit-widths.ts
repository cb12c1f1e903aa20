/** Narrower than this a column says nothing. */
const LEAST = 4;

/** Widths that together take no more than `available`: the widest columns give way first, and none falls below four. */
export function fitWidths(widths: readonly number[], available: number | undefined): number[] {
  if (available === undefined || sum(widths) <= available) return [...widths];
  let limit = Math.max(...widths);
  while (limit > LEAST && sum(widths.map((width) => Math.min(width, limit))) > available) limit -= 1;
  const fitted = widths.map((width) => Math.min(width, limit));
  // What rounding left over goes to the first columns that were cut.
  let left = available - sum(fitted);
  return fitted.map((width, at) => (left > 0 && width < widths[at]! ? ((left -= 1), width + 1) : width));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
