import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildHnsw, openHnsw } from '../../adapters/nearest/hnsw.ts';
import { nearestAmong, nearestChunks } from '../../domain/search/nearest-chunks.ts';
import { clusteredVectors } from '../support/clustered-vectors.ts';

/** Vectors of each set; `LAUTER_BENCH_RECORDS=10000` for a shorter run. */
const SIZES = (process.env.LAUTER_BENCH_RECORDS ?? '10000,50000').split(',').map(Number);
const DIMENSIONS = 384;
const QUERIES = 200;
const LIMIT = 10;
const SEED = 20_260_302;
/** Texts lie in clusters; directions that are all chance are the worst that a graph of neighbours can be given. */
const SHAPES = { clustered: { clusters: 500, spread: 0.8 }, 'all chance': { clusters: 1, spread: 1e6 } };

/** Recall and time of the graph, beside comparing with every vector. */
async function measure(kind: keyof typeof SHAPES, count: number): Promise<void> {
  const shape = { ...SHAPES[kind], dimensions: DIMENSIONS };
  const vectors = clusteredVectors({ ...shape, seed: SEED, count });
  const asked = clusteredVectors({ ...shape, seed: SEED + 1, count: QUERIES, centresOf: SEED });
  const queries = Array.from({ length: QUERIES }, (_, place) => asked.subarray(place * DIMENSIONS, (place + 1) * DIMENSIONS));
  const folder = mkdtempSync(join(tmpdir(), 'lauter-bench-'));
  try {
    const path = join(folder, 'hnsw.usearch');
    const built = await timed(() => buildHnsw(path, vectors, DIMENSIONS));
    const opened = await timed(() => openHnsw(path, DIMENSIONS));
    const graph = opened.value;
    const exact = await timed(() => queries.map((query) => nearestChunks(query, vectors, LIMIT)));
    const near = await timed(() => queries.map((query) => nearestAmong(query, vectors, graph.search(query, LIMIT), LIMIT)));
    const found = exact.value.map((best, place) => {
      const chunks = new Set(near.value[place]!.map(({ chunk }) => chunk));
      return best.filter(({ chunk }) => chunks.has(chunk)).length / LIMIT;
    });
    const recall = found.reduce((sum, share) => sum + share, 0) / QUERIES;
    say(`\n${count.toLocaleString('en')} vectors, ${kind}, of ${DIMENSIONS} dimensions, ${QUERIES} queries, the ${LIMIT} nearest of each`);
    say(`  exact             ${(exact.ms / QUERIES).toFixed(3)} ms a query      1.00 x      recall 1.0000`);
    const ratio = (near.ms / exact.ms).toFixed(2);
    say(
      `  graph             ${(near.ms / QUERIES).toFixed(3)} ms a query      ${ratio} x      recall ${recall.toFixed(4)}, worst query ${Math.min(...found)}`,
    );
    say(
      `  building ${(built.ms / 1000).toFixed(1)} s, opening ${opened.ms.toFixed(0)} ms, file ${(statSync(path).size / 1e6).toFixed(0)} MB, vectors ${(vectors.byteLength / 1e6).toFixed(0)} MB`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed<Value>(work: () => Value | Promise<Value>): Promise<{ value: Value; ms: number }> {
  const started = performance.now();
  const value = await work();
  return { value, ms: performance.now() - started };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

say(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, seed ${SEED}`);
for (const count of SIZES) await measure('clustered', count);
await measure('all chance', SIZES[0]!);
