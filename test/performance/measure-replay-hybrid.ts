import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Embedder } from '../../activities/search-ports.ts';
import { sha256 } from '../../adapters/digest.ts';
import { openHnsw } from '../../adapters/nearest/hnsw.ts';
import { listCollections, openCollection } from '../../adapters/search/collection-store.ts';
import { nearestAmong, nearestChunks } from '../../domain/search/index.ts';
import { searchSettingsSchema } from '../../schemas/search-settings.ts';
import { openHybridPlaybooks, type HybridPlaybooks } from '../../worker/inputs/hybrid-playbooks.ts';
import { createSearchWorld } from '../../worker/open-retriever.ts';
import { freeBudget } from '../support/spending.ts';
import { readCorpus } from './replay/corpus.ts';
import { peakMb, timeEach, type Quantiles } from './replay/timed.ts';
import { wordEmbedder } from './replay/word-embedder.ts';

/** What finding playbooks by words and vectors takes. */
export interface MeasuredHybrid {
  readonly hybrid: Quantiles;
  /** By whoever finds the collection made. */
  readonly again: Quantiles;
  /** The nearest vectors alone. */
  readonly exact: Quantiles;
  readonly graph: (Quantiles & { readonly recall: number; readonly worst: number }) | null;
  readonly madeMs: number;
  readonly openedMs: number;
  readonly peakMb: number;
}

const TOP_K = 8;
const NEVER = new AbortController().signal;
const [path, size] = [process.argv[2]!, Number(process.argv[3])];
const { rows, tasks } = await readCorpus(path, size);
const embedder = wordEmbedder();
const workspace = mkdtempSync(join(tmpdir(), 'lauter-bench-'));
try {
  const { value: made, ms: madeMs } = await opened();
  const hybrid = await timeEach(tasks, (task) => made.find(task, TOP_K, NEVER));
  const peak = peakMb();
  const { value: found, ms: openedMs } = await opened();
  const again = await timeEach(tasks, (task) => found.find(task, TOP_K, NEVER));
  const measured: MeasuredHybrid = { hybrid, again, madeMs, openedMs, peakMb: peak, ...(await compareArms()) };
  process.stdout.write(JSON.stringify(measured));
} finally {
  rmSync(workspace, { recursive: true, force: true });
}

/** The playbooks, ready for the next task. */
async function opened(): Promise<{ value: HybridPlaybooks; ms: number }> {
  const settings = searchSettingsSchema.parse({});
  const place = { workspace, settings, base: workspace, env: {}, budget: freeBudget, tell: () => undefined };
  const world = { ...createSearchWorld(place), embedder: async (): Promise<Embedder> => embedder };
  const started = performance.now();
  const value = openHybridPlaybooks(place, { rows, sha256: sha256(String(size)) }, world);
  await value.find(tasks[0]!, TOP_K, NEVER);
  return { value, ms: performance.now() - started };
}

/** Comparing with every vector, and with those that the graph of neighbours brings. */
async function compareArms(): Promise<Pick<MeasuredHybrid, 'exact' | 'graph'>> {
  const { vectors, neighboursPath } = openCollection(workspace, listCollections(workspace)[0]!.name);
  const queries = await embedder.embed(tasks, 'query');
  const exactly = (query: Float32Array) => nearestChunks(query, vectors!, TOP_K);
  const exact = await timeEach(queries, exactly);
  if (neighboursPath === null) return { exact, graph: null };
  const neighbours = openHnsw(neighboursPath, embedder.dimensions);
  const nearly = (query: Float32Array) => nearestAmong(query, vectors!, neighbours.search(query, TOP_K), TOP_K);
  const graph = await timeEach(queries, nearly);
  const recalls = queries.map((query) => {
    const near = new Set(nearly(query).map(({ chunk }) => chunk));
    return exactly(query).filter(({ chunk }) => near.has(chunk)).length / TOP_K;
  });
  const recall = recalls.reduce((sum, one) => sum + one, 0) / recalls.length;
  return { exact, graph: { ...graph, recall, worst: Math.min(...recalls) } };
}
