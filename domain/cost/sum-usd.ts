/** The sum of amounts in US dollars, exact to the nano-dollar that each of them is. */
export function sumUsd(amounts: readonly number[]): number {
  return amounts.reduce((sum, usd) => sum + Math.round(usd * NANO), 0) / NANO;
}

const NANO = 1_000_000_000;
