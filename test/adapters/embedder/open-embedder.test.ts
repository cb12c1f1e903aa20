import { describe, expect, test } from 'vitest';
import { findEmbedder } from '../../../adapters/embedder/find-embedder.ts';
import { openEmbedder } from '../../../adapters/embedder/open-embedder.ts';
import { deterministicVector } from '../../../domain/shared/deterministic-vector.ts';
import { ConfigError } from '../../../domain/shared/errors.ts';
import { searchSettingsSchema } from '../../../schemas/search-settings.ts';
import { payNothing } from '../../support/spending.ts';

const PLACE = { env: {}, base: '/', rules: { allowRemote: false, allowedHosts: [] }, pay: payNothing };
const OPENAI = { kind: 'openai', base_url: 'http://127.0.0.1:9/v1', model: 'embed-small', dimensions: 384 };
const settings = (search: object) => searchSettingsSchema.parse(search);

describe('finding an embedder', () => {
  test('by name, or the one that the config names', () => {
    const search = settings({ embedder: 'harbour', embedders: { harbour: OPENAI, pier: { kind: 'deterministic' } } });
    expect(findEmbedder(search)).toMatchObject({ kind: 'openai', batch_size: 64 });
    expect(findEmbedder(search, 'pier')).toEqual({ kind: 'deterministic' });
  });

  test('none is none, and the default', () => {
    expect(findEmbedder(settings({}))).toBeNull();
    expect(findEmbedder(settings({ embedder: 'deterministic' }), 'none')).toBeNull();
  });

  test('the deterministic one needs no entry', () => {
    expect(findEmbedder(settings({}), 'deterministic')).toEqual({ kind: 'deterministic' });
  });

  test.each(['habour', 'toString', '__proto__'])('%s is refused with the names that there are', (name) => {
    const search = settings({ embedders: { harbour: OPENAI } });
    expect(() => findEmbedder(search, name)).toThrow(/expected one of none, deterministic, harbour, found/);
  });
});

describe('opening an embedder', () => {
  test('the deterministic one', async () => {
    const embedder = await openEmbedder('any', { kind: 'deterministic' }, PLACE);
    expect(embedder).toMatchObject({ id: 'deterministic', dimensions: 1536 });
    expect(await embedder.embed(['low tide', ''], 'query')).toEqual([deterministicVector('low tide'), deterministicVector('')]);
    await embedder.close();
  });

  test('one of each kind', async () => {
    const openai = settings({ embedders: { one: OPENAI } }).embedders.one!;
    expect((await openEmbedder('one', openai, PLACE)).id).toBe('openai:embed-small:384');
    const onnx = settings({ embedders: { two: { kind: 'onnx', folder: 'models/none' } } }).embedders.two!;
    await expect(openEmbedder('two', onnx, { ...PLACE, env: { XDG_CACHE_HOME: '/nowhere' } })).rejects.toThrow(ConfigError);
  });
});
