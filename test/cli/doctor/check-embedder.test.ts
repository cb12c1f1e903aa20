import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkEmbedder, checkReranker } from '../../../cli/doctor/check-embedder.ts';
import { searchSettingsSchema } from '../../../schemas/search-settings.ts';
import type { DoctorCheck } from '../../../schemas/doctor-report.ts';
import { startModelServer } from '../../support/model-server/model-server.ts';
import type { Fault } from '../../support/model-server/script.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { freeBudget } from '../../support/spending.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function look(check: typeof checkEmbedder, search: object, base = '/'): Promise<DoctorCheck> {
  const io = recordingIo({ env: { XDG_CACHE_HOME: join(base, 'cache') }, cwd: base });
  return check({ io }, { base, search: searchSettingsSchema.parse(search), budget: freeBudget });
}

async function serve(...faults: Fault[]): Promise<string> {
  const server = await startModelServer({ models: [], faults });
  onTestFinished(() => server.close());
  return server.url;
}

describe('embedder', () => {
  const named = (base_url: string, more: object = {}) => ({
    embedder: 'pier',
    embedders: { pier: { kind: 'openai', base_url, model: 'embed-small', dimensions: 64 } },
    ...more,
  });

  test('that nobody has configured is none of our business', async () => {
    expect(await look(checkEmbedder, {})).toMatchObject({ status: 'ok', message: 'none configured: searches go by words alone' });
  });

  test('that makes a vector is fine', async () => {
    expect(await look(checkEmbedder, { embedder: 'deterministic' })).toMatchObject({ status: 'ok', message: 'deterministic' });
    expect(await look(checkEmbedder, named(await serve()))).toMatchObject({ status: 'ok', message: 'openai:embed-small:64' });
  });

  test('that nothing goes by is a warning', async () => {
    expect(await look(checkEmbedder, { embedder: 'pear' })).toMatchObject({
      status: 'warn',
      remedy: expect.stringContaining('search.embedders.pear') as string,
    });
  });

  test('that does not answer is a warning, with its setting', async () => {
    expect(await look(checkEmbedder, named('http://127.0.0.1:9/v1'))).toMatchObject({
      status: 'warn',
      message: expect.stringContaining('http://127.0.0.1:9/v1: expected an answer, found connection') as string,
      remedy: expect.stringContaining('search.embedders.pier.base_url') as string,
    });
  });

  test('that gives other dimensions is a warning', async () => {
    const body = JSON.stringify({ data: [{ embedding: [1, 2] }] });
    const url = await serve({ path: 'embeddings', from: 1, does: { kind: 'body', body } });
    expect((await look(checkEmbedder, named(url))).message).toContain('expected vectors of 64 dimensions, found one of 2');
  });

  test('on another host is not called unless it is allowed', async () => {
    expect(await look(checkEmbedder, named('http://192.0.2.7/v1'))).toMatchObject({
      status: 'warn',
      remedy: expect.stringContaining('search.allowed_hosts') as string,
    });
  });

  test('without the optional part is a warning with the command that installs it', async () => {
    const search = { embedder: 'local', embedders: { local: { kind: 'onnx', folder: 'models/mini' } } };
    expect(await look(checkEmbedder, search, temporaryFolder())).toMatchObject({
      status: 'warn',
      remedy: expect.stringContaining('lauter search embedder add') as string,
    });
  });
});

describe('reranker', () => {
  const named = (base_url: string) => ({ reranker: { base_url, model: 'rank-small' } });

  test('that nobody has configured is none of our business', async () => {
    expect(await look(checkReranker, {})).toMatchObject({ status: 'ok', message: 'none configured' });
  });

  test('that scores a passage is fine', async () => {
    expect(await look(checkReranker, named(await serve()))).toMatchObject({ status: 'ok', message: 'http:rank-small' });
  });

  test('that fails is a warning, with its setting', async () => {
    const url = await serve({ path: 'rerank', from: 1, does: { kind: 'status', status: 503 } });
    expect(await look(checkReranker, named(url))).toMatchObject({
      status: 'warn',
      message: expect.stringContaining('http_5xx') as string,
      remedy: expect.stringContaining('search.reranker.base_url') as string,
    });
  });
});
