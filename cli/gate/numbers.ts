/** A share or ratio to four decimals, or n/a. */
export function tellNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? 'n/a' : String(Math.round(value * 10_000) / 10_000);
}
