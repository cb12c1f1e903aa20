import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildHnsw, openHnsw } from '../../../adapters/nearest/hnsw.ts';
import { CollectionError } from '../../../domain/shared/errors.ts';
import { nearestAmong, nearestChunks } from '../../../domain/search/nearest-chunks.ts';
import { clusteredVectors } from '../../support/clustered-vectors.ts';
import { makeFolder, removeFolder, temporaryFolder } from '../../support/temporary-folder.ts';

const DIMENSIONS = 64;
const VECTORS = 12_000;
const QUERIES = 200;
const LIMIT = 10;
/**
 * At most half a row of ten may be another than the exact one. Of 2,000 places, 1,900 must be right: were the true recall only 0.97, that would be missed
 * by a chance of 1 in 10 million (binomial, 5.2 standard deviations). Vectors and graph are the same in every run.
 */
const LEAST_RECALL = 0.95;

const vectors = clusteredVectors({ seed: 20_260_302, count: VECTORS, dimensions: DIMENSIONS, clusters: 120, spread: 0.8 });
const queries = clusteredVectors({ seed: 7, count: QUERIES, dimensions: DIMENSIONS, clusters: 120, spread: 0.8, centresOf: 20_260_302 });
const queryAt = (place: number): Float32Array => queries.subarray(place * DIMENSIONS, (place + 1) * DIMENSIONS);

/** Share of the exact ten nearest that a search brings. */
function recallOf(search: (query: Float32Array) => Iterable<number>): number {
  let found = 0;
  for (let place = 0; place < QUERIES; place += 1) {
    const wanted = nearestChunks(queryAt(place), vectors, LIMIT).map(({ chunk }) => chunk);
    const best = new Set(nearestAmong(queryAt(place), vectors, search(queryAt(place)), LIMIT).map(({ chunk }) => chunk));
    found += wanted.filter((chunk) => best.has(chunk)).length;
  }
  return found / (QUERIES * LIMIT);
}

let folder = '';
let path = '';
beforeAll(async () => {
  folder = makeFolder();
  path = join(folder, 'hnsw.usearch');
  await buildHnsw(path, vectors, DIMENSIONS);
  return () => removeFolder(folder);
}, 120_000);

describe('recall against comparing with every vector', () => {
  test(`is at least ${LEAST_RECALL}`, () => {
    const index = openHnsw(path, DIMENSIONS);
    expect(index.size).toBe(VECTORS);
    expect(recallOf((query) => index.search(query, LIMIT))).toBeGreaterThanOrEqual(LEAST_RECALL);
  });

  test('the measure can fail: a graph of every other vector finds half', async () => {
    const half = join(temporaryFolder(), 'half.usearch');
    const kept = new Float32Array(vectors.length / 2);
    for (let place = 0; place < VECTORS / 2; place += 1)
      kept.set(vectors.subarray(2 * place * DIMENSIONS, (2 * place + 1) * DIMENSIONS), place * DIMENSIONS);
    await buildHnsw(half, kept, DIMENSIONS);
    const index = openHnsw(half, DIMENSIONS);
    const recall = recallOf((query) => index.search(query, LIMIT).map((place) => 2 * place));
    expect(recall).toBeGreaterThan(0.4);
    expect(recall).toBeLessThan(0.6);
  });
});

test('the same vectors make the same file', async () => {
  const [first, again] = ['first', 'again'].map((name) => join(temporaryFolder(), name));
  const few = vectors.subarray(0, 3_000 * DIMENSIONS);
  await buildHnsw(first!, few, DIMENSIONS);
  await buildHnsw(again!, few, DIMENSIONS);
  expect(readFileSync(again!).equals(readFileSync(first!))).toBe(true);
});

test('a graph of fewer vectors than asked for gives them all', async () => {
  const small = join(temporaryFolder(), 'small.usearch');
  await buildHnsw(small, vectors.subarray(0, 3 * DIMENSIONS), DIMENSIONS);
  expect([...openHnsw(small, DIMENSIONS).search(queryAt(0), 50)].sort()).toEqual([0, 1, 2]);
});

test('an interrupt ends the building', async () => {
  const stop = AbortSignal.abort(new Error('enough for today'));
  await expect(buildHnsw(join(temporaryFolder(), 'never'), vectors, DIMENSIONS, stop)).rejects.toThrow();
});

describe('a file that is not what was written', () => {
  async function copy(): Promise<string> {
    const own = join(temporaryFolder(), 'hnsw.usearch');
    await buildHnsw(own, vectors.subarray(0, 500 * DIMENSIONS), DIMENSIONS);
    return own;
  }

  test.each([
    ['torn', (file: string) => truncateSync(file, 5_000)],
    ['empty', (file: string) => truncateSync(file, 0)],
    ['altered in one byte', (file: string) => writeFileSync(file, flipByte(readFileSync(file), 700))],
    ['without its digest', (file: string) => writeFileSync(`${file}.sha256`, '')],
  ])('%s: is refused before the library sees it', async (_what, damage) => {
    const file = await copy();
    damage(file);
    expect(() => openHnsw(file, DIMENSIONS)).toThrow(CollectionError);
  });

  test('not there', () => {
    expect(() => openHnsw(join(temporaryFolder(), 'none'), DIMENSIONS)).toThrow(/expected a digest beside it, found no file/);
  });

  test('of other dimensions', async () => {
    const file = await copy();
    expect(() => openHnsw(file, DIMENSIONS / 2)).toThrow(/expected vectors of 32 dimensions, found 64/);
  });
});

function flipByte(bytes: Buffer, at: number): Buffer {
  bytes[at]! ^= 1;
  return bytes;
}
