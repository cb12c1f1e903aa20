import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Embedder } from '../../../activities/search-ports.ts';
import { sha256 } from '../../../adapters/digest.ts';
import { cacheVectors } from '../../../adapters/embedder/cached-embedder.ts';
import { DigestTable } from '../../../adapters/embedder/digest-table.ts';
import { VectorCache } from '../../../adapters/embedder/vector-cache.ts';
import { startProgram } from '../../support/child-program.ts';
import { fc } from '../../support/fast-check.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DIMENSIONS = 3;

/** A vector that tells its text. */
const vectorOf = (text: string): Float32Array => Float32Array.of(text.length, text.charCodeAt(0), 1);
const entry = (text: string) => ({ digest: sha256(text), vector: vectorOf(text) });
const entries = (...texts: string[]) => texts.map(entry);

async function withVectors(...texts: string[]): Promise<string> {
  const folder = temporaryFolder();
  const cache = new VectorCache(folder, DIMENSIONS);
  await cache.put(entries(...texts));
  cache.close();
  return folder;
}

/** Which of these texts a cache that is opened anew has, with the right vector. */
function known(folder: string, ...texts: string[]): string[] {
  const cache = new VectorCache(folder, DIMENSIONS);
  const found = texts.filter((text) => cache.get(sha256(text)) !== undefined);
  for (const text of found) expect([...cache.get(sha256(text))!]).toEqual([...vectorOf(text)]);
  cache.close();
  return found;
}

const sizes = (folder: string): number[] => ['keys.bin', 'vectors.f32'].map((name) => statSync(join(folder, name)).size);

describe('what is kept', () => {
  test('is there when the cache is opened again', async () => {
    const folder = await withVectors('harbour', 'orchard');
    expect(known(folder, 'harbour', 'orchard', 'quay')).toEqual(['harbour', 'orchard']);
    expect(sizes(folder)).toEqual([2 * 40, 2 * DIMENSIONS * 4]);
  });

  test('is not written twice, also when another one has written it meanwhile', async () => {
    const folder = await withVectors('harbour');
    const [one, other] = [new VectorCache(folder, DIMENSIONS), new VectorCache(folder, DIMENSIONS)];
    await one.put(entries('orchard'));
    await other.put(entries('harbour', 'orchard', 'quay'));
    expect(sizes(folder)[0]).toBe(3 * 40);
    expect(other.get(sha256('orchard'))).toEqual(vectorOf('orchard'));
    await one.put(entries('quay'));
    expect(one.get(sha256('quay'))).toEqual(vectorOf('quay'));
    expect(sizes(folder)[0]).toBe(3 * 40);
    one.close();
    other.close();
  });

  test('is whole when several write at once', async () => {
    const folder = temporaryFolder();
    const caches = Array.from({ length: 4 }, () => new VectorCache(folder, DIMENSIONS));
    const texts = caches.map((_, number) => Array.from({ length: 20 }, (_item, place) => `boat ${number} of fleet ${place}`));
    await Promise.all(caches.map((cache, number) => cache.put(entries(...texts[number]!))));
    for (const cache of caches) cache.close();
    expect(known(folder, ...texts.flat())).toEqual(texts.flat());
  });
});

test('processes that write at once lose nothing, also when one of them is killed', { timeout: 60_000 }, async () => {
  const [folder, rounds] = [temporaryFolder(), 5];
  const names = ['harbour', 'orchard', 'doomed'];
  const programs = names.map((name) => startProgram(new URL('cache-writer.ts', import.meta.url), [folder, name, String(rounds)]));
  for (const program of programs) expect(await program.hear()).toBe('ready');
  for (const program of programs) program.say('go');
  const [first, second, doomed] = programs;
  expect(await doomed!.hear()).toBe('kept 5');
  await doomed!.kill();
  expect(await Promise.all([first!.ended(), second!.ended()])).toEqual([0, 0]);
  const kept = (name: string, count: number): string[] => Array.from({ length: count }, (_, place) => `${name} ${place}`);
  const cache = new VectorCache(folder, 2);
  for (const text of [...kept('harbour', 5 * rounds), ...kept('orchard', 5 * rounds), ...kept('doomed', 5)])
    expect([text, cache.get(sha256(text))]).toEqual([text, Float32Array.of(text.length, 1)]);
  cache.close();
});

describe('what a crash leaves', () => {
  test.each([
    ['half a key', 'keys.bin', 17],
    ['half a vector', 'vectors.f32', 5],
    ['vectors without keys', 'vectors.f32', 24],
  ])('%s: is ignored, and gone with the next vector', async (_what, name, bytes) => {
    const folder = await withVectors('harbour');
    appendFileSync(join(folder, name), Buffer.alloc(bytes, 7));
    expect(known(folder, 'harbour')).toEqual(['harbour']);
    const cache = new VectorCache(folder, DIMENSIONS);
    await cache.put(entries('orchard'));
    cache.close();
    expect(sizes(folder)).toEqual([2 * 40, 2 * DIMENSIONS * 4]);
    expect(known(folder, 'harbour', 'orchard')).toEqual(['harbour', 'orchard']);
  });

  test('a key whose vector never reached the disk is not believed', async () => {
    const folder = await withVectors('harbour', 'orchard');
    truncateSync(join(folder, 'vectors.f32'), DIMENSIONS * 4);
    expect(known(folder, 'harbour', 'orchard')).toEqual(['harbour']);
    const cache = new VectorCache(folder, DIMENSIONS);
    await cache.put(entries('quay', 'orchard'));
    cache.close();
    expect(known(folder, 'harbour', 'orchard', 'quay')).toEqual(['harbour', 'orchard', 'quay']);
  });

  test.each(['keys.bin', 'vectors.f32'])('an altered byte in %s loses that vector and no other', async (name) => {
    const folder = await withVectors('harbour', 'orchard');
    const path = join(folder, name);
    const bytes = readFileSync(path);
    bytes[3]! ^= 1;
    writeFileSync(path, bytes);
    expect(known(folder, 'harbour', 'orchard')).toEqual(['orchard']);
    const cache = new VectorCache(folder, DIMENSIONS);
    await cache.put(entries('harbour'));
    cache.close();
    expect(known(folder, 'harbour', 'orchard')).toEqual(['harbour', 'orchard']);
  });

  test('a reader never takes the vector of another text for the one it knew', async () => {
    const folder = await withVectors('harbour', 'orchard');
    const reader = new VectorCache(folder, DIMENSIONS);
    truncateSync(join(folder, 'vectors.f32'), DIMENSIONS * 4);
    const writer = new VectorCache(folder, DIMENSIONS);
    await writer.put(entries('quay'));
    writer.close();
    expect(reader.get(sha256('orchard'))).toBeUndefined();
    expect(reader.get(sha256('harbour'))).toEqual(vectorOf('harbour'));
    reader.close();
  });
});

test('the table of digests agrees with a Map', () => {
  // Digests that begin alike, so that they want the same place.
  const digest = fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 1_400 })).map(([first, last]) => {
    const bytes = Buffer.alloc(32, first);
    bytes.writeUInt32BE(last, 28);
    return bytes;
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(digest, fc.nat(100_000)), { maxLength: 3_000, size: 'max' }), (pairs) => {
      const [table, map] = [new DigestTable(), new Map<string, number>()];
      for (const [key, number] of pairs) {
        table.set(key, number);
        map.set(key.toString('hex'), number);
      }
      expect(pairs.filter(([key]) => table.get(key) !== map.get(key.toString('hex')))).toEqual([]);
      expect(table.get(Buffer.alloc(32, 9))).toBeUndefined();
    }),
    { numRuns: 8 },
  );
});

describe('an embedder with a cache', () => {
  function counting(): { embedder: Embedder; asked: string[][] } {
    const asked: string[][] = [];
    const embed: Embedder['embed'] = (texts) => {
      asked.push([...texts]);
      return Promise.resolve(texts.map(vectorOf));
    };
    return { embedder: { id: 'lengths', dimensions: DIMENSIONS, embed, close: () => Promise.resolve() }, asked };
  }

  test('asks once for each passage, now and later', async () => {
    const [root, { embedder, asked }] = [temporaryFolder(), counting()];
    const first = cacheVectors(embedder, root);
    expect(await first.embed(['harbour', 'quay', 'harbour'], 'passage')).toEqual(['harbour', 'quay', 'harbour'].map(vectorOf));
    await first.close();
    const second = cacheVectors(embedder, root);
    expect(await second.embed(['quay', 'orchard'], 'passage')).toEqual(['quay', 'orchard'].map(vectorOf));
    await second.close();
    expect(asked).toEqual([['harbour', 'quay'], ['orchard']]);
  });

  test('keeps no query', async () => {
    const [root, { embedder, asked }] = [temporaryFolder(), counting()];
    const cached = cacheVectors(embedder, root);
    await cached.embed(['harbour'], 'query');
    expect(readdirSync(root)).toEqual([]);
    await cached.embed(['harbour'], 'passage');
    await cached.close();
    expect(asked).toEqual([['harbour'], ['harbour']]);
  });

  test('keeps what was made before a failure', async () => {
    const [root, { embedder, asked }] = [temporaryFolder(), counting()];
    const texts = Array.from({ length: 300 }, (_, number) => `boat ${number}`);
    let calls = 0;
    const failing: Embedder = {
      ...embedder,
      embed: (some, kind) => (++calls === 2 ? Promise.reject(new Error('the server is gone')) : embedder.embed(some, kind)),
    };
    const first = cacheVectors(failing, root);
    await expect(first.embed(texts, 'passage')).rejects.toThrow('the server is gone');
    await first.close();
    const second = cacheVectors(embedder, root);
    expect(await second.embed(texts, 'passage')).toEqual(texts.map(vectorOf));
    await second.close();
    expect(asked.map((some) => some.length)).toEqual([256, 44]);
  });

  test('has a folder for each embedder', async () => {
    const [root, { embedder, asked }] = [temporaryFolder(), counting()];
    for (const id of ['lengths', 'letters']) {
      const cached = cacheVectors({ ...embedder, id }, root);
      await cached.embed(['harbour'], 'passage');
      await cached.close();
    }
    expect(asked).toHaveLength(2);
  });
});
