import type { CostSettings, ModelPrice } from '../../schemas/cost-settings.ts';
import { ConfigError } from '../shared/errors.ts';
import { quoted } from '../shared/quoted.ts';

/** What a model costs. ConfigError with the command that adds its price where the table has none: no other model's price stands in. */
export function priceOf({ prices, version }: Pick<CostSettings, 'prices' | 'version'>, model: string): ModelPrice {
  const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
  if (price !== undefined) return price;
  throw new ConfigError(
    `looking up a price, on the model ${JSON.stringify(model)}: expected it in cost.prices (table ${version}), found none; it was not asked.`,
    `Add it with its US dollars for a million tokens; 0 stands for a model that costs nothing: ${addPriceCommand(model)}`,
    { model },
  );
}

/** True when nothing that the model does costs anything. */
export function isFree({ input_per_million: input, output_per_million: output }: ModelPrice): boolean {
  return input === 0 && output === 0;
}

/** The command line that adds a price for a model, whatever its name is made of, as a POSIX shell reads it. */
export function addPriceCommand(model: string): string {
  return `lauter config set ${quoted(`cost.prices[${JSON.stringify(model)}]`)} '{"input_per_million":0,"output_per_million":0}'`;
}
