import type { CostSettings } from '../../schemas/cost-settings.ts';
import { nanoUsdOfTokens } from './exact-usd.ts';
import { priceOf } from './price-of.ts';

/** Tokens that a call of a model uses, or may use at most. */
export interface CountedCall {
  /** As the server knows it. */
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What a call costs in nano-dollars, rounded up to a whole one. ConfigError for a model without a price, RangeError for tokens that are no count. */
export function priceCall(settings: Pick<CostSettings, 'prices' | 'version'>, { model, inputTokens, outputTokens }: CountedCall): number {
  const price = priceOf(settings, model);
  for (const tokens of [inputTokens, outputTokens]) if (!isCount(tokens)) throw new RangeError(`${String(tokens)} is no number of tokens`);
  return nanoUsdOfTokens([
    { tokens: inputTokens, usdPerMillion: price.input_per_million },
    { tokens: outputTokens, usdPerMillion: price.output_per_million },
  ]);
}

/** True for what may be a number of tokens. */
export function isCount(tokens: number | null): tokens is number {
  return Number.isSafeInteger(tokens) && tokens! >= 0;
}
