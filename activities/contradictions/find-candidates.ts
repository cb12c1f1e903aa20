import { pageKeyOf, pairCandidates, type PageFacts } from '../../domain/contradictions/index.ts';
import { CollectionError, ConfigError, OverBudgetError } from '../../domain/shared/errors.ts';
import type { SearchHit, SearchResponse } from '../../schemas/search-response.ts';
import type { ContradictionsRun } from '../contradictions-contract.ts';
import type { Attempt } from '../ports.ts';
import type { SearchRequest } from '../search-ports.ts';
import { stopSignal } from '../stop-signal.ts';
import { batchSpan } from './batches.ts';
import type { RunEngine } from './keep-engine.ts';
import { foundName, readList, readRun, type FoundBatch, type FoundQuery } from './run-files.ts';
import type { ContradictionsWorld } from './world.ts';

/** Searches the queries of a batch as users search, and pairs what each of them brings. A query that fails is noted; what none could be put to ends the run. */
export async function findCandidates(
  world: ContradictionsWorld,
  { run_id: runId, batch }: { readonly run_id: string; readonly batch: number },
  attempt: Attempt,
  engineOf: (run: ContradictionsRun) => Promise<RunEngine>,
): Promise<void> {
  const { files } = world;
  if (files.has(runId, foundName(batch))) return;
  const run = readRun(files, runId);
  const queries = readList<string>(files, runId, 'queries').slice(...batchSpan(batch));
  const { retriever, takeUsd } = await engineOf(run);
  // What an attempt before this one left uncounted is not of this batch.
  takeUsd();
  const stop = stopSignal(attempt);
  const searched: Searched[] = [];
  try {
    for (const query of queries) {
      attempt.throwIfStopped();
      searched.push(await search(run, query, (request) => retriever.search({ ...request, signal: stop.signal })));
      // A search that was broken off has not failed.
      stop.signal.throwIfAborted();
      attempt.report(searched.length);
    }
  } finally {
    stop.end();
  }
  const facts = await factsOf(world, run, searched);
  const found: FoundBatch = { queries: searched.map((each) => pairUp(each, facts)), search_usd: takeUsd() };
  files.write(runId, foundName(batch), found);
}

interface Searched {
  readonly query: string;
  readonly state: FoundQuery['state'];
  readonly hits: readonly SearchHit[];
}

async function search(
  { search: { collection, strategy, mode, knobs, top_k: limit } }: ContradictionsRun,
  query: string,
  put: (request: SearchRequest) => Promise<SearchResponse>,
): Promise<Searched> {
  try {
    const request = { collection, query, strategy, mode: mode ?? undefined, knobs: { ...knobs, limit }, isEvaluation: true };
    return { query, state: 'found', hits: (await put(request)).results.slice(0, limit) };
  } catch (error) {
    // No other query could be put, either.
    if (error instanceof CollectionError || error instanceof ConfigError) throw error;
    return { query, state: error instanceof OverBudgetError ? 'not_evaluated' : 'errored', hits: [] };
  }
}

/** What the pages say beside their passages: takes and dates. Nothing is known of pages that only an engine of others has. */
async function factsOf(
  world: ContradictionsWorld,
  run: ContradictionsRun,
  searched: readonly Searched[],
): Promise<ReadonlyMap<string, PageFacts>> {
  const wanted = new Set(searched.flatMap(({ hits }) => hits.map(pageKeyOf)));
  const facts = new Map<string, PageFacts>();
  const collection = wanted.size === 0 ? null : world.collection(run.search.collection);
  if (collection === null) return facts;
  for await (const page of collection.pages()) {
    const key = pageKeyOf(page);
    if (wanted.has(key)) facts.set(key, page);
  }
  return facts;
}

function pairUp({ query, state, hits }: Searched, facts: ReadonlyMap<string, PageFacts>): FoundQuery {
  const { pairs, skippedByDate } = pairCandidates(hits, facts);
  return { query, state, result_count: hits.length, pairs, pairs_skipped_by_date: skippedByDate };
}
