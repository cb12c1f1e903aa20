/** A number as it is written: `digits` times ten to the power of minus `scale`. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** What a call costs in whole nano-dollars, rounded up once, at the end: tokens of each kind times US dollars per million. */
export function nanoUsdOfTokens(parts: readonly { readonly tokens: number; readonly usdPerMillion: number }[]): number {
  const priced = parts.map(({ tokens, usdPerMillion }) => ({ tokens: BigInt(tokens), price: decimalOf(usdPerMillion) }));
  const scale = Math.max(0, ...priced.map(({ price }) => price.scale));
  const sum = priced.reduce((total, { tokens, price }) => total + tokens * price.digits * 10n ** BigInt(scale - price.scale), 0n);
  return safe(divideUp(sum * NANO_USD_OF_A_TOKEN_AT_ONE, 10n ** BigInt(scale)));
}

/** A cap in whole nano-dollars, rounded down. Whatever is no finite number above 0 allows nothing. */
export function nanoUsdOfCap(usd: number): number {
  if (!(Number.isFinite(usd) && usd > 0)) return 0;
  const { digits, scale } = decimalOf(usd);
  return safe((digits * NANO_USD) / 10n ** BigInt(scale));
}

/** Nano-dollars as US dollars. */
export function usdOf(nanoUsd: number): number {
  return nanoUsd / Number(NANO_USD);
}

const NANO_USD = 1_000_000_000n;
/** A dollar for a million tokens is a thousand nano-dollars for one. */
const NANO_USD_OF_A_TOKEN_AT_ONE = 1_000n;

/** Binary fractions would round 0.07 up a nano-dollar too far: prices are taken as the decimal numbers that people wrote. */
function decimalOf(value: number): Decimal {
  const [, whole = '0', fraction = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(`${whole}${fraction}`);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function divideUp(amount: bigint, by: bigint): bigint {
  return (amount + by - 1n) / by;
}

/** Beyond nine million dollars numbers are no longer exact, and no cap is as high. */
function safe(amount: bigint): number {
  return amount > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(amount);
}
