import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Embedder } from '../../../activities/search-ports.ts';
import { openOnnxEmbedder } from '../../../adapters/embedder/onnx-embedder.ts';
import { ConfigError, RetrieverError } from '../../../domain/shared/errors.ts';
import type { ModelProgram } from '../../../adapters/embedder/onnx-process.ts';
import { compileModelProgram, plantOnnxPart } from '../../support/onnx-part.ts';
import { makeFolder, removeFolder, temporaryFolder } from '../../support/temporary-folder.ts';

const SETTINGS = { kind: 'onnx' as const, folder: 'models/lengths', max_tokens: 8, query_prefix: '', passage_prefix: '' };

let program: ModelProgram;
beforeAll(() => {
  const folder = makeFolder();
  program = compileModelProgram(folder);
  return () => removeFolder(folder);
});

let embedder: Embedder | undefined;
afterEach(async () => {
  await embedder?.close();
  embedder = undefined;
});

function makeModel({ model = 'a graph', tokenizer = '{"kind":"lengths"}' } = {}): { base: string; env: NodeJS.ProcessEnv } {
  const base = temporaryFolder({ 'models/lengths/model.onnx': model, 'models/lengths/tokenizer.json': tokenizer, 'cache/': '' });
  const env = { XDG_CACHE_HOME: join(base, 'cache') };
  plantOnnxPart(env);
  return { base, env };
}

async function open(settings: Partial<typeof SETTINGS> = {}, place = makeModel()): Promise<Embedder> {
  const rules = { allowRemote: false, allowedHosts: [] };
  embedder = await openOnnxEmbedder('local', { ...SETTINGS, ...settings }, { ...place, rules }, program);
  return embedder;
}

/** The mean of the rows (id, 1) of these tokens, at length 1. */
function meanOf(...ids: number[]): number[] {
  const mean = ids.reduce((sum, id) => sum + id, 0) / ids.length;
  return [mean / Math.hypot(mean, 1), 1 / Math.hypot(mean, 1)].map(Math.fround);
}

const vectorOf = async (text: string, kind: 'query' | 'passage' = 'passage'): Promise<number[]> => [
  ...(await embedder!.embed([text], kind))[0]!,
];

describe('a vector', () => {
  test('is the mean over all tokens at length 1, text by text', async () => {
    const { dimensions, embed } = await open();
    expect(dimensions).toBe(2);
    const vectors = await embed(['low tide', 'the quay', ''], 'passage');
    expect(vectors.map((vector) => [...vector])).toEqual([meanOf(1, 3, 4, 2), meanOf(1, 3, 4, 2), meanOf(1, 2)]);
  });

  test('leaves out tokens beyond the limit, but not the one that ends the text', async () => {
    await open({ max_tokens: 4 });
    expect(await vectorOf('boats wait outside the harbour')).toEqual(meanOf(1, 5, 4, 2));
  });

  test('has the prefix of its kind before the text', async () => {
    await open({ query_prefix: 'ask ', passage_prefix: 'passage ' });
    expect(await vectorOf('tide', 'query')).toEqual(meanOf(1, 3, 4, 2));
    expect(await vectorOf('tide', 'passage')).toEqual(meanOf(1, 7, 4, 2));
  });
});

describe('the id', () => {
  test('is the same for the same model and settings, wherever it lies', async () => {
    const { id } = await open();
    expect(id).toMatch(/^onnx:lengths@[0-9a-f]{16}:2$/);
    await embedder!.close();
    expect((await open()).id).toBe(id);
  });

  test.each([
    ['model', {}, { model: 'another graph' }],
    ['tokenizer', {}, { tokenizer: '{"kind":"lengths","of":1}' }],
    ['limit', { max_tokens: 9 }, {}],
    ['prefix', { passage_prefix: 'x ' }, {}],
  ])('is another one for another %s', async (_what, settings, files) => {
    const { id } = await open();
    await embedder!.close();
    expect((await open(settings, makeModel(files))).id).not.toBe(id);
  });
});

describe('what is missing is told with what to do', () => {
  test('the optional part', async () => {
    const place = { ...makeModel(), env: { XDG_CACHE_HOME: temporaryFolder() } };
    const failure: unknown = await open({}, place).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect((failure as ConfigError).remedy).toContain('`lauter search embedder add`');
  });

  test('the model', async () => {
    const failure: unknown = await open({ folder: 'models/none' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect((failure as ConfigError).remedy).toContain('search.embedders.local.folder');
  });
});

describe('a failure', () => {
  test.each([
    ['a model that cannot be read', { model: 'torn' }, 'Protobuf parsing failed.'],
    ['a tokenizer that is none', { tokenizer: '{' }, 'JSON'],
    ['a tokenizer of an unknown kind', { tokenizer: '{"kind":"runes"}' }, 'an unknown tokenizer'],
  ])('%s is one of the config', async (_what, files, message) => {
    const failure: unknown = await open({}, makeModel(files)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect((failure as ConfigError).message).toContain(message);
    expect((failure as ConfigError).message).not.toContain('\n');
  });

  test('a text that the model cannot take fails, the next one does not', async () => {
    const { embed } = await open();
    await expect(embed(['unlucky harbour'], 'passage')).rejects.toThrow(/found: index out of bounds/);
    expect(await vectorOf('tide')).toEqual(meanOf(1, 4, 2));
  });

  test('a runtime that ends its process is heard of, now and later', async () => {
    const { embed } = await open();
    await expect(embed(['crash'], 'passage')).rejects.toThrow(RetrieverError);
    await expect(embed(['tide'], 'passage')).rejects.toThrow(/its process has ended/);
  });

  test('time that is over is one of the engine, an interrupt its own reason', async () => {
    const { embed } = await open();
    const over = new DOMException('over', 'TimeoutError');
    await expect(embed(['tide'], 'query', AbortSignal.abort(over))).rejects.toThrow(RetrieverError);
    const reason = new Error('the user has had enough');
    await expect(embed(['tide'], 'query', AbortSignal.abort(reason))).rejects.toBe(reason);
    const stop = new AbortController();
    const embedding = embed(['tide', 'quay'], 'query', stop.signal);
    stop.abort(reason);
    await expect(embedding).rejects.toBe(reason);
    expect(await vectorOf('tide')).toEqual(meanOf(1, 4, 2));
  });

  test('closing ends what is under way', async () => {
    const { embed, close } = await open();
    const embedding = embed(['tide', 'quay', 'harbour'], 'passage');
    await Promise.all([expect(embedding).rejects.toThrow(RetrieverError), close()]);
    await close();
  });
});

test('a tokenizer may bring settings of its own', async () => {
  const place = makeModel();
  writeFileSync(join(place.base, 'models/lengths/tokenizer_config.json'), '{"do_lower_case":true}');
  expect((await open({}, place)).dimensions).toBe(2);
});
