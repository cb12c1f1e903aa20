/** A fraction of whole numbers without rounding; the denominator is above 0. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

export const fraction = (over: number | bigint, under: number | bigint = 1): Fraction => ({ over: BigInt(over), under: BigInt(under) });
export const ZERO = fraction(0);

export function add(left: Fraction, right: Fraction): Fraction {
  return { over: left.over * right.under + right.over * left.under, under: left.under * right.under };
}

/** `left` / `right`, and 0 where `right` is 0. */
export function divide(left: Fraction, right: Fraction): Fraction {
  if (right.over === 0n) return ZERO;
  const sign = right.over < 0n ? -1n : 1n;
  return { over: left.over * right.under * sign, under: left.under * right.over * sign };
}

export function sum(terms: readonly Fraction[]): Fraction {
  return terms.reduce(add, ZERO);
}

const DIGITS = 10n ** 18n;

export function toNumber({ over, under }: Fraction): number {
  return Number((over * DIGITS) / under) / Number(DIGITS);
}

/** Bits behind the point: 1e-9 is 30 of them. */
const BITS = 96n;
const ONE = 1n << BITS;

/** log2 of a whole number from 1 on, exact to 90 bits behind the point: each squaring brings the next bit. */
export function log2(value: number): Fraction {
  let whole = 0n;
  let rest = BigInt(value) << BITS;
  while (rest >= 2n * ONE) {
    rest /= 2n;
    whole += 1n;
  }
  let result = whole << BITS;
  for (let bit = ONE / 2n; bit > 0n; bit /= 2n) {
    rest = (rest * rest) >> BITS;
    if (rest < 2n * ONE) continue;
    rest /= 2n;
    result += bit;
  }
  return { over: result, under: ONE };
}
