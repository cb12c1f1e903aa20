import { expect, test } from 'vitest';
import { longMemEvalSettings, type LongMemEvalOptions } from '../../../cli/longmemeval/longmemeval-settings.ts';
import { resolveKnobs } from '../../../domain/search/index.ts';
import { configSchema } from '../../../schemas/config.ts';
import { recordingIo } from '../../support/recording-io.ts';

const SERVED = { base_url: 'http://127.0.0.1:9/v1', model: 'harbour-8b' };
const CONFIG = configSchema.parse({
  search: { expansion: true, expansion_model: SERVED, synopsis_model: SERVED, reranker: SERVED },
  eval: { reader: SERVED },
  cost: { prices: { 'harbour-8b': { input_per_million: 0 } } },
});
const OPTIONS: LongMemEvalOptions = {
  retriever: 'builtin',
  topK: 10,
  sessionK: [5],
  readerMode: 'direct',
  readerMaxTokens: 64,
  byTypeFloorMetric: 'recall_all',
};

test('--retrieval-only knows no model that a config would have asked beside it, so tokenmax takes titles and the old order', async () => {
  const { reader, retrieval } = await longMemEvalSettings(recordingIo(), { ...OPTIONS, retrievalOnly: true }, CONFIG);
  expect(reader).toBeNull();
  expect(JSON.stringify(retrieval.search)).not.toContain(SERVED.model);
  const { knobs } = resolveKnobs({ settings: retrieval.search, mode: 'tokenmax' });
  expect(knobs).toMatchObject({ contextual: 'title', reranker: false, expansion: true });
});

test('a run with answers has them all', async () => {
  const { retrieval } = await longMemEvalSettings(recordingIo(), OPTIONS, CONFIG);
  expect(retrieval.search).toMatchObject({ expansion_model: SERVED, synopsis_model: SERVED, reranker: SERVED });
});
