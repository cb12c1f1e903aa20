import { expect, test } from 'vitest';
import { expectCalls } from '../../../domain/longmemeval/index.ts';
import type { LongMemEvalSettings } from '../../../schemas/longmemeval-settings.ts';
import { searchSettingsSchema } from '../../../schemas/search-settings.ts';
import { lmeSettings } from '../../support/longmemeval-settings.ts';

const SERVER = { base_url: 'http://127.0.0.1:1/v1', api_key_env: null };
const READER = { ...SERVER, model: 'harbour-8b', mode: 'direct', max_tokens: 100 } as const;
const JUDGE = { ...SERVER, model: 'judge-70b' };
const WORK = { questions: 2, characters: 4_000 };

const SERVED = searchSettingsSchema.parse({
  embedder: 'pier',
  embedders: { pier: { kind: 'openai', base_url: SERVER.base_url, model: 'embed-small', dimensions: 64 } },
  reranker: { base_url: SERVER.base_url, model: 'rank-small' },
  expansion_model: { base_url: SERVER.base_url, model: 'scribe-small' },
});

const retrieval = (more: Partial<LongMemEvalSettings['retrieval']>): LongMemEvalSettings['retrieval'] => ({
  ...lmeSettings().retrieval,
  ...more,
});

test('words alone ask no model', () => {
  expect(expectCalls(lmeSettings(), WORK)).toEqual([]);
  expect(expectCalls(lmeSettings({ retrieval: retrieval({ search: SERVED }) }), WORK)).toEqual([]);
});

test('each lane has the model that serves it: vectors of haystacks and questions, other wordings, another order', () => {
  const knobs = { expansion: true, reranker: true, rerank_top_n_in: 30 };
  const settings = lmeSettings({ retrieval: retrieval({ strategy: 'hybrid', search: SERVED, knobs }) });
  expect(expectCalls(settings, WORK)).toEqual([
    { lane: 'embedding', model: 'embed-small', inputTokens: 4_000 / 4 + 2 * 50, outputTokens: 0 },
    { lane: 'expansion', model: 'scribe-small', inputTokens: 2 * 500, outputTokens: 2 * 200 },
    { lane: 'reranking', model: 'rank-small', inputTokens: 2 * 30 * (400 + 50), outputTokens: 0 },
  ]);
});

test('an engine of others pays for its own models', () => {
  const settings = lmeSettings({ retrieval: retrieval({ retriever: 'quay', strategy: 'hybrid', search: SERVED }) });
  expect(expectCalls(settings, WORK)).toEqual([]);
});

test('a reader reads 1,000 tokens for each passage and writes all that it may; a judge reads what the reader may write', () => {
  const of = (topK: number, maxTokens: number) => {
    const settings = lmeSettings({ reader: { ...READER, max_tokens: maxTokens }, judge: JUDGE, retrieval: retrieval({ top_k: topK }) });
    const [reader, judge] = expectCalls(settings, WORK);
    return { reader: reader!, judge: judge! };
  };
  const usual = of(10, 100);
  expect(usual.reader).toMatchObject({ lane: 'reader', model: 'harbour-8b', outputTokens: 200 });
  expect(usual.judge).toMatchObject({ lane: 'judge', model: 'judge-70b', outputTokens: 2 * 512 });
  expect(of(11, 100).reader.inputTokens - usual.reader.inputTokens).toBe(2 * 1_000);
  expect(of(10, 101).judge.inputTokens - usual.judge.inputTokens).toBe(2);
  // Rules and marks around it are some hundred tokens more, for each question.
  expect(usual.reader.inputTokens).toBeGreaterThan(2 * (10 * 1_000 + 50));
  expect(usual.reader.inputTokens).toBeLessThan(2 * (10 * 1_000 + 50 + 500));
});
