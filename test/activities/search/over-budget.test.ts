import { expect, test } from 'vitest';
import type { Embedder, Expander, Reranker } from '../../../activities/search-ports.ts';
import { ConfigError, OverBudgetError } from '../../../domain/shared/errors.ts';
import { page } from '../../support/search-pages.ts';
import { handEmbedder, searcher, type WorldOptions } from '../../support/search-world.ts';

const PAGES = [
  page({ slug: 'quay', title: 'Quay', text: 'The tide rises.' }),
  page({ slug: 'mill', text: 'Grain is milled at high tide.' }),
];
const near = handEmbedder(() => [1, 0, 0]);

/** A world in which one of the models throws this, and a search that asks it. */
const MODELS: Readonly<Record<string, (error: Error) => readonly [WorldOptions, object]>> = {
  embedding_failed: (error) => {
    const embedder: Embedder = { ...near, embed: () => Promise.reject(error) };
    return [{ embedder, indexedWith: near }, {}];
  },
  reranker_failed: (error) => {
    const reranker: Reranker = { id: 'hand', rerank: () => Promise.reject(error) };
    return [{ embedder: near, reranker }, { reranker: true }];
  },
  expansion_failed: (error) => {
    const expander: Expander = { id: 'hand', ask: () => Promise.reject(error) };
    return [{ embedder: near, expander }, { expansion: true }];
  },
};

test.each(Object.entries(MODELS))(
  '%s: a user has an answer without what may not be paid for, an evaluation has none',
  async (degraded, make) => {
    const [world, knobs] = make(new OverBudgetError('paying: expected room, found none.', 'Allow more.'));
    const { search } = await searcher(PAGES, world);
    expect((await search('when the tide rises', { knobs })).meta.degraded).toEqual([degraded]);
    await expect(search('when the tide rises', { knobs, isEvaluation: true })).rejects.toThrow(OverBudgetError);
  },
);

test.each(Object.entries(MODELS))('%s: what the config lacks or forbids ends both', async (_degraded, make) => {
  const [world, knobs] = make(new ConfigError('looking up a price: expected one, found none.', 'Add it.'));
  const { search } = await searcher(PAGES, world);
  for (const isEvaluation of [false, true]) {
    await expect(search('when the tide rises', { knobs, isEvaluation })).rejects.toThrow(ConfigError);
  }
});
