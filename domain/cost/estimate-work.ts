import type { ModelPrice } from '../../schemas/cost-settings.ts';
import { REFERENCE_PRICES } from './cost-anchors.ts';
import { nanoUsdOfTokens, usdOf } from './exact-usd.ts';

type Price = Pick<ModelPrice, 'input_per_million' | 'output_per_million'>;

/** Pairs of results that are judged for a query with `k` results: `k(k-1)/2` between them and two with each page's own statements. */
export function pairsPerQuery(k: number): number {
  return (k * (k - 1)) / 2 + 2 * k;
}

/** US dollars for judging pairs for contradictions: 500 + 80 tokens a pair at the judge's price, 50 tokens a query at the embedder's. */
export function estimateContradictions(
  { queries, pairs }: { readonly queries: number; readonly pairs: number },
  judge: Price,
  embedder: Price = REFERENCE_PRICES.embedder,
): number {
  return priced([500 * pairs, judge.input_per_million], [80 * pairs, judge.output_per_million], [50 * queries, embedder.input_per_million]);
}

/** Queries whose contradictions are judged for an amount: whole ones, the embedding included. */
export function queriesCovered(usd: number, k: number, judge: Price, embedder: Price = REFERENCE_PRICES.embedder): number {
  const one = estimateContradictions({ queries: 1, pairs: pairsPerQuery(k) }, judge, embedder);
  return one === 0 ? Number.POSITIVE_INFINITY : Math.floor(usd / one);
}

/** US dollars for a panel of models: 5,000 tokens in and `maxTokens` out for each slot, question and cycle. */
export function estimatePanel(
  slots: readonly Price[],
  { questions, cycles, maxTokens }: { readonly questions: number; readonly cycles: number; readonly maxTokens: number },
): number {
  const calls = questions * cycles;
  return priced(
    ...slots.flatMap((slot): [number, number][] => [
      [5_000 * calls, slot.input_per_million],
      [maxTokens * calls, slot.output_per_million],
    ]),
  );
}

/** US dollars for wording queries anew: 500 tokens in, 200 out. */
export function estimateExpansion(queries: number, expander: Price = REFERENCE_PRICES.expander): number {
  return priced([500 * queries, expander.input_per_million], [200 * queries, expander.output_per_million]);
}

/** US dollars for a model to read what searches find: tokens of a chunk, times chunks, times queries, at its input price. */
export function estimateReading(
  { tokensPerChunk, chunks, queries = 1 }: { readonly tokensPerChunk: number; readonly chunks: number; readonly queries?: number },
  inputPerMillion: number,
): number {
  return priced([tokensPerChunk * chunks * queries, inputPerMillion]);
}

function priced(...parts: readonly (readonly [tokens: number, usdPerMillion: number])[]): number {
  return usdOf(nanoUsdOfTokens(parts.map(([tokens, usdPerMillion]) => ({ tokens, usdPerMillion }))));
}
