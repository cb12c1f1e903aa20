import { endOfChunk, entityPairs, type CandidatePair, type EntityPassage, type GoldPair } from '../../domain/contradictions/index.ts';
import { chunkPage, isExcluded, readExcludedPrefixes } from '../../domain/search/index.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import type { ContradictionEnd } from '../../schemas/contradiction-report.ts';
import type { ContradictionsRun } from '../contradictions-contract.ts';
import { countBatches } from './batches.ts';
import { foundName, readList, readRun, writePairs, type FoundBatch, type PairOrder, type PlacedPair } from './run-files.ts';
import type { ContradictionsWorld } from './world.ts';

/** Gathers the pairs of all queries, of the whole collection where that is asked for, and the labelled ones, and writes them in the order of judging. */
export async function orderPairs(world: ContradictionsWorld, runId: string): Promise<{ readonly pairs: number }> {
  const { files } = world;
  if (!files.has(runId, 'order')) {
    const run = readRun(files, runId);
    const entities = run.max_entity_pairs === null ? null : await pairEntities(world, run, run.max_entity_pairs);
    const all = [...inOrder(run, pairsOfQueries(world, run)), ...(entities?.pairs ?? []), ...goldPairs(world, run)];
    writePairs(files, runId, all);
    const order: PairOrder = {
      pairs: all.length,
      corpus_hash: world.collection(run.search.collection)?.corpusHash ?? null,
      entities: entities?.counts ?? null,
    };
    files.write(runId, 'order', order);
  }
  return { pairs: files.read<PairOrder>(runId, 'order').pairs };
}

function pairsOfQueries({ files }: ContradictionsWorld, { run_id: runId, queries }: ContradictionsRun): PlacedPair[] {
  const batches = Array.from({ length: countBatches(queries.count) }, (_, batch) => files.read<FoundBatch>(runId, foundName(batch)));
  return batches
    .flatMap((batch) => batch.queries)
    .flatMap(({ query, pairs }, number) => pairs.map((pair) => ({ owner: { of: 'query' as const, query: number }, query, pair })));
}

/** Query by query, so that a cap leaves whole queries behind it; or all of them by their scores, whatever query they are of. */
function inOrder({ sampling }: ContradictionsRun, pairs: readonly PlacedPair[]): readonly PlacedPair[] {
  return sampling === 'deterministic' ? pairs : pairs.toSorted((left, right) => right.pair.combined_score - left.pair.combined_score);
}

async function pairEntities(world: ContradictionsWorld, run: ContradictionsRun, most: number) {
  const passages = await passagesOf(world, run);
  const { pairs, found, skippedByDate } = entityPairs(passages, most);
  return {
    counts: { passages: passages.length, pairs_found: found, pairs_skipped_by_date: skippedByDate },
    pairs: pairs.map(({ entity, attribute, pair }): PlacedPair => ({
      owner: { of: 'entity', entity, attribute },
      query: `${entity} ${attribute}`,
      pair,
    })),
  };
}

/** Every passage that a search could bring, under the number that the index gives it. */
async function passagesOf(world: ContradictionsWorld, { search }: ContradictionsRun): Promise<EntityPassage[]> {
  const collection = world.collection(search.collection);
  if (collection === null) {
    throw new CollectionError(
      `reading the collection ${search.collection}: expected its pages in this workspace, found none.`,
      'Index them with `lauter search index`, or leave --entities out.',
      { collection: search.collection },
    );
  }
  const excluded = readExcludedPrefixes(search.environment['LAUTER_SEARCH_EXCLUDE']);
  const passages: EntityPassage[] = [];
  let chunkId = 0;
  for await (const page of collection.pages()) {
    const { source_id, slug } = page;
    for (const { text } of chunkPage(page)) {
      if (!isExcluded(slug, excluded)) passages.push(endOfChunk({ source_id, slug, chunk_id: chunkId, text }, page));
      chunkId += 1;
    }
  }
  return passages;
}

function goldPairs({ files }: ContradictionsWorld, { run_id: runId }: ContradictionsRun): PlacedPair[] {
  return readList<GoldPair>(files, runId, 'gold').map(({ text_a, text_b, query = '' }, row) => {
    const pair: CandidatePair = { kind: 'cross_slug_chunks', a: labelled('a', text_a), b: labelled('b', text_b), combined_score: 0 };
    return { owner: { of: 'gold', row }, query, pair };
  });
}

function labelled(slug: string, text: string): ContradictionEnd {
  return { ...endOfChunk({ source_id: 'gold', slug, chunk_id: null, text }, undefined) };
}
