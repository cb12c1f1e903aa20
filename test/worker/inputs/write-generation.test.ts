import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Embedder } from '../../../activities/search-ports.ts';
import { cacheVectors } from '../../../adapters/embedder/cached-embedder.ts';
import { openHnsw } from '../../../adapters/nearest/hnsw.ts';
import { embedChunks } from '../../../activities/search/embed-chunks.ts';
import { writeGeneration } from '../../../worker/inputs/write-generation.ts';
import { IndexBuilder, openIndex, pageLine, type SearchIndex } from '../../../domain/search/index.ts';
import { searchSettingsSchema } from '../../../schemas/search-settings.ts';
import { searchPageSchema, type SearchPage } from '../../../schemas/search-page.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function boats(count: number): SearchPage[] {
  return Array.from({ length: count }, (_, number) =>
    searchPageSchema.parse({ slug: `boat-${number}`, title: `Boat ${number}`, text: `Number ${number}.` }),
  );
}

function indexOf(pages: readonly SearchPage[]): SearchIndex {
  const builder = new IndexBuilder();
  for (const page of pages) builder.add(page);
  return openIndex(Buffer.concat(builder.finish()))!;
}

/** Vectors that point where the number in the text says; keeps what it was asked for. */
function compass(asked: string[]): Embedder {
  return {
    id: 'compass',
    dimensions: 2,
    embed: (texts) => {
      asked.push(...texts);
      return Promise.resolve(
        texts.map((text) => {
          const angle = Number(/Number (\d+)/.exec(text)![1]) / 10_000;
          return Float32Array.of(Math.cos(angle), Math.sin(angle));
        }),
      );
    },
    close: () => Promise.resolve(),
  };
}

const NEVER = new AbortController().signal;

test.each([
  ['title', 'Boat 1\n\nNumber 1.'],
  ['none', 'Number 1.'],
] as const)('what is embedded beside a chunk: %s', async (contextual, text) => {
  const asked: string[] = [];
  const { vectors } = await embedChunks(indexOf(boats(3)), { embedder: compass(asked), contextual }, () => undefined, NEVER);
  expect(asked[1]).toBe(text);
  expect(vectors[2]).toBeCloseTo(Math.cos(1 / 10_000), 6);
});

test('an interrupted run loses nothing that was embedded: the next one asks for the rest alone', async () => {
  const root = temporaryFolder();
  const index = indexOf(boats(600));
  const [first, second]: [string[], string[]] = [[], []];
  const stop = new AbortController();
  const interrupted = cacheVectors(compass(first), root);
  const stopAtOnce = () => stop.abort();
  await expect(embedChunks(index, { embedder: interrupted, contextual: 'title' }, stopAtOnce, stop.signal)).rejects.toThrow(/abort/);
  await interrupted.close();
  const again = cacheVectors(compass(second), root);
  const told: number[] = [];
  const { vectors } = await embedChunks(index, { embedder: again, contextual: 'title' }, (_stage, chunks) => told.push(chunks), NEVER);
  await again.close();
  expect([first.length, second.length, told]).toEqual([256, 344, [256, 512, 600]]);
  expect(new Set([...first, ...second]).size).toBe(600);
  for (const number of [0, 255, 256, 599]) expect(vectors[number * 2 + 1]).toBeCloseTo(Math.sin(number / 10_000), 6);
});

test('above 10,000 chunks there is a graph of neighbours, up to there none', async () => {
  const control = { show: () => undefined, signal: NEVER };
  for (const count of [10_000, 10_001]) {
    const folder = temporaryFolder();
    const pages = boats(count);
    const embedding = { embedder: compass([]), contextual: 'none' as const };
    const { ann_threshold: annThreshold } = searchSettingsSchema.parse({});
    expect(await writeGeneration(folder, { lines: pages.map(pageLine), pages: count }, { embedding, annThreshold }, control)).toEqual({
      chunks: count,
      synopses: null,
    });
    const graph = join(folder, 'hnsw.usearch');
    expect(existsSync(graph)).toBe(count > 10_000);
    if (count > 10_000) expect(openHnsw(graph, 2).size).toBe(count);
  }
});
