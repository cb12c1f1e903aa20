import { describe, expect, test } from 'vitest';
import { addPriceCommand, capOf, nanoUsdOfCap, priceCall, priceOf } from '../../../domain/cost/index.ts';
import { ConfigError } from '../../../domain/shared/errors.ts';
import type { ModelPrice } from '../../../schemas/cost-settings.ts';
import { fc } from '../../support/fast-check.ts';

function priced(price: ModelPrice, inputTokens: number, outputTokens: number): number {
  return priceCall({ version: 'harbour-1', prices: { pilot: price } }, { model: 'pilot', inputTokens, outputTokens });
}

describe('the price of a call', () => {
  test.each([
    // 1,000 x 0.13 / 1M = 0.00013
    [{ input_per_million: 0.13, output_per_million: 0 }, 1_000, 0, 130_000],
    // A token at 0.0004 a million is 0.4 of a nano-dollar, three are 1.2.
    [{ input_per_million: 0.0004, output_per_million: 0 }, 1, 0, 1],
    [{ input_per_million: 0.0004, output_per_million: 0 }, 3, 0, 2],
    // Rounded once, not once for each part: 0.4 + 0.4.
    [{ input_per_million: 0.0004, output_per_million: 0.0004 }, 1, 1, 1],
    // In binary 0.57 x 1,000 is a little less, and 0.07 x 1,000 a little more, than what people wrote.
    [{ input_per_million: 0.57, output_per_million: 0 }, 1, 0, 570],
    [{ input_per_million: 0.07, output_per_million: 0 }, 1, 0, 70],
    [{ input_per_million: 1e-7, output_per_million: 0 }, 1_000_000, 0, 100],
    [{ input_per_million: 3, output_per_million: 15 }, 500, 80, 2_700_000],
    [{ input_per_million: 0, output_per_million: 0 }, 9_000_000, 9, 0],
  ])('%j for %i in and %i out is %i nano-dollars', (price, inputTokens, outputTokens, nanoUsd) => {
    expect(priced(price, inputTokens, outputTokens)).toBe(nanoUsd);
  });

  test('is whole, never below the true price, and less than a nano-dollar above it', () => {
    const cents = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(cents, cents, fc.nat(2_000_000), fc.nat(200_000), (input, output, inputTokens, outputTokens) => {
        const nanoUsd = priced({ input_per_million: input / 100, output_per_million: output / 100 }, inputTokens, outputTokens);
        // A hundredth of a dollar for a million is ten nano-dollars a token: whole already.
        expect(nanoUsd).toBe(inputTokens * input * 10 + outputTokens * output * 10);
      }),
    );
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%s is no number of tokens', (tokens) => {
    expect(() => priced({ input_per_million: 1, output_per_million: 1 }, tokens, 0)).toThrow(RangeError);
  });
});

describe('BUD-2: a model without a price', () => {
  test.each(['gpt-4.1', 'Qwen/Qwen3-8B', 'pilot:7b-q4', '__proto__', 'toString', ''])('%j is refused by name', (model) => {
    const settings = { version: 'harbour-1', prices: { pilot: { input_per_million: 1, output_per_million: 1 } } };
    expect(() => priceOf(settings, model)).toThrow(ConfigError);
    expect(() => priceOf(settings, model)).toThrow(JSON.stringify(model));
  });

  test('the command stays one word of the shell, whatever the name is made of', () => {
    expect(addPriceCommand(`pilot's "deep".v1`)).toBe(
      `lauter config set 'cost.prices["pilot'\\''s \\"deep\\".v1"]' '{"input_per_million":0,"output_per_million":0}'`,
    );
  });
});

test('a cap is rounded down; what is no finite number above 0 allows nothing', () => {
  expect([0.29, 0.01, 5, 1e-10, 0.0000000019].map(nanoUsdOfCap)).toEqual([290_000_000, 10_000_000, 5_000_000_000, 0, 1]);
  expect([0, -0, -5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(nanoUsdOfCap)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('a cap is what the command line says, else the config, else the default', () => {
  const settings = { per_command_usd: { 'eval longmemeval': 2 } };
  expect(capOf(settings, 'eval longmemeval', { flagUsd: 0, defaultUsd: 5 })).toBe(0);
  expect(capOf(settings, 'eval longmemeval', { defaultUsd: 5 })).toBe(2);
  expect(capOf(settings, 'eval run-all', { defaultUsd: 5 })).toBe(5);
  expect(capOf(settings, 'toString', {})).toBeNull();
});
