import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SearchRequest } from '../../activities/search-ports.ts';
import { generateChatCorpus } from '../../domain/samples/index.ts';
import { IndexBuilder, KeywordArm, openIndex } from '../../domain/search/index.ts';
import { percentile } from '../../domain/stats/percentile.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import { hasBodies, readOracle } from './ranking/bodies.ts';
import { openEngine } from './ranking/rank-bodies.ts';
import type { Timed } from './search-peers/time-queries.ts';

/** What is aimed at, printed beside what was measured; nothing is asserted. */
const AIMS = { p95Ms: 5, loadMs: 100 };
const MANY = 20_000;
const SEED = 20_260_302;
/** Rounds over all queries that count, after one that does not. */
const ROUNDS = 3;

/** Long pages: all sessions of the LongMemEval oracle in one collection, each of its questions asked by itself. */
async function measureOracle(folder: string): Promise<void> {
  const { pages, queries } = await readOracle();
  const texts = queries.map(({ query }) => query!);
  writeFileSync(join(folder, 'queries.jsonl'), queries.map(({ id, query }) => `${JSON.stringify({ id, text: query })}\n`).join(''));
  const bytes = buildInto(folder, pages, `oracle: ${pages.length} pages of chats, ${texts.length} questions`);
  const index = openIndex(bytes)!;
  const arm = new KeywordArm(index);
  await tellTimes('KeywordArm, fielded', texts, (text) => arm.rankPages(text, 10, 'fielded'));
  const engine = openEngine(null);
  await engine.index!('oracle', pages);
  const ask = (how: Pick<SearchRequest, 'strategy'>) => (query: string) =>
    engine.search({ ...how, collection: 'oracle', query, isEvaluation: true });
  await tellTimes('search, keyword', texts, ask({ strategy: 'keyword' }));
  await tellTimes('search, default', texts, ask({ strategy: 'hybrid' }));
  tellLoading(folder);
}

/** Many short pages. The questions of before are asked so that the index is used. */
function measureMany(folder: string): void {
  const pages = Array.from(generateChatCorpus({ seed: SEED, records: MANY }), (line, at) => pageOf(line, at));
  buildInto(folder, pages, `${MANY.toLocaleString('en')} pages of made chats`);
  tellLoading(folder);
}

function pageOf(line: string, at: number): SearchPage {
  const { messages } = JSON.parse(line) as { messages: { role: string; content: string }[] };
  const text = messages.flatMap(({ role, content }) => (role === 'system' ? [] : [content])).join('\n\n');
  return { source_id: 'default', slug: `chat-${at}`, title: '', text, type: 'chat', aliases: [], links: [], takes: [] };
}

/** Makes the index and writes its file, where the program of a single engine looks for it. */
function buildInto(folder: string, pages: readonly SearchPage[], what: string): Uint8Array {
  const started = performance.now();
  const builder = new IndexBuilder();
  for (const page of pages) builder.add(page);
  const bytes = Buffer.concat(builder.finish());
  const ms = performance.now() - started;
  writeFileSync(join(folder, 'lauter.index'), bytes);
  const rate = ((pages.length * 1_000) / ms).toFixed(0);
  say(
    `\n${what}: built in ${ms.toFixed(0)} ms (${rate} pages/s, ${builder.chunkCount} chunks), file ${(bytes.length / 1e6).toFixed(1)} MB`,
  );
  return bytes;
}

async function tellTimes(name: string, queries: readonly string[], search: (query: string) => unknown): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const query of queries) {
      const started = performance.now();
      await search(query);
      if (round > 0) times.push(performance.now() - started);
    }
  }
  const [p50, p95] = [50, 95].map((percent) => percentile(times, percent)!.toFixed(2));
  say(`  ${name.padEnd(20)} p50 ${p50} ms, p95 ${p95} ms a query (aim: p95 below ${AIMS.p95Ms} ms)`);
}

/** In a process of its own, which reads the file and asks the queries and does nothing else. */
function tellLoading(folder: string): void {
  const [loader, program] = ['../support/typescript-loader.mjs', 'search-peers/lauter.ts'].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  );
  const printed = execFileSync(process.execPath, ['--import', loader!, program!, folder, 'fielded'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const { load_ms: loadMs, rss_mb: rssMb } = JSON.parse(printed) as Timed & { load_ms: number };
  say(`  loaded in ${loadMs.toFixed(0)} ms (aim: below ${AIMS.loadMs} ms); ${rssMb.toFixed(0)} MB of memory with it in use`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (hasBodies()) {
  const folder = mkdtempSync(join(tmpdir(), 'lauter-pooled-'));
  try {
    await measureOracle(folder);
    measureMany(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} else say('skipped: real data not present');
