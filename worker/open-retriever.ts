import { join } from 'node:path';
import type { Budget, PayForCall } from '../activities/budget-ports.ts';
import { payOutOf } from '../activities/pay-for-call.ts';
import type { Embedder, Retriever, SearchRequest, Synopsizer } from '../activities/search-ports.ts';
import { createBuiltinRetriever } from '../activities/search/builtin-retriever.ts';
import { gatherCollection } from '../activities/search/gather-collection.ts';
import type { OpenCollection } from '../activities/search/open-collection.ts';
import type { SearchWorld } from '../activities/search/search-world.ts';
import { sha256 } from '../adapters/digest.ts';
import { cacheVectors } from '../adapters/embedder/cached-embedder.ts';
import { findEmbedder } from '../adapters/embedder/find-embedder.ts';
import { openHttpReranker } from '../adapters/embedder/http-reranker.ts';
import { openHttpExpander } from '../adapters/embedder/http-expander.ts';
import { openEmbedder } from '../adapters/embedder/open-embedder.ts';
import { openHnsw } from '../adapters/nearest/hnsw.ts';
import { openOtherRetriever } from '../adapters/retriever/open-other-retriever.ts';
import { openAnswerCache } from '../adapters/search/answer-cache.ts';
import { openCollection } from '../adapters/search/collection-store.ts';
import {
  KeywordArm,
  nearestAmong,
  nearestChunks,
  openIndex,
  readExcludedPrefixes,
  readSourceBoosts,
  resolveKnobs,
  type FindNearestTo,
} from '../domain/search/index.ts';
import { CollectionError, ConfigError, OverBudgetError } from '../domain/shared/errors.ts';
import type { SearchSettings } from '../schemas/search-settings.ts';
import { openSynopsizer } from './open-synopsizer.ts';

/** Where a search engine is opened. */
export interface RetrieverPlace {
  /** Root folder of the workspace. */
  readonly workspace: string;
  /** The config section `search`. */
  readonly settings: SearchSettings;
  /** Folder that relative paths of the config start from. */
  readonly base: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What calls of served models are paid out of. Nothing is opened or written as long as none is made. */
  readonly budget: Budget;
  /** Gets what is to be known beside answers: what a foreign engine says, and why a model was not asked. Whoever prints it makes it plain first. */
  readonly tell: (line: string) => void;
  /** Instead of the embedder that the config names. */
  readonly embedder?: string | undefined;
}

/** Opens our own engine (`builtin`) or one of `search.retrievers`. ConfigError for a name that nothing goes by, and for one that cannot be opened. */
export async function openRetriever(place: RetrieverPlace, name: string): Promise<Retriever> {
  if (name === 'builtin') return openBuiltin(place);
  const { settings, base, env, tell } = place;
  const other = Object.hasOwn(settings.retrievers, name) ? settings.retrievers[name] : undefined;
  if (other === undefined) {
    const known = ['builtin', ...Object.keys(settings.retrievers)];
    throw new ConfigError(
      `looking for a retriever: expected one of ${known.join(', ')}, found ${JSON.stringify(name)}.`,
      `Add search.retrievers.${name} to the config, or name another one.`,
      { flag: '--retriever', value: name },
    );
  }
  const limitOf = ({ mode, knobs, strategy }: SearchRequest): number =>
    resolveKnobs({ settings, mode, perCall: knobs, strategy }).knobs.limit;
  return openOtherRetriever(name, other, { env, base, tell, rules: { allowedHosts: settings.allowed_hosts }, limitOf });
}

/** A search that goes on without a model that could not be paid for has a reason told beside its answer; an evaluation ends with it. */
function openBuiltin(place: RetrieverPlace): Retriever {
  const untold = new Set<string>();
  const pay: PayForCall = async (call, make) => {
    try {
      return await payOutOf(place.budget)(call, make);
    } catch (error) {
      if (error instanceof OverBudgetError) untold.add(error.message);
      throw error;
    }
  };
  const own = createBuiltinRetriever(createSearchWorld(place, pay));
  return {
    ...own,
    async search(request) {
      const response = await own.search(request);
      for (const reason of untold) place.tell(reason);
      untold.clear();
      return response;
    },
  };
}

/** What our own engine needs, with adapters behind it. Embedder and reranker are opened when they are first asked for. */
export function createSearchWorld(place: RetrieverPlace, pay: PayForCall = payOutOf(place.budget)): SearchWorld {
  const { settings, env, workspace } = place;
  const served = { env, rules: rulesOf(settings), pay };
  let embedder: Promise<Embedder | null> | undefined;
  let synopsizer: Synopsizer | null | undefined;
  const world: SearchWorld = {
    settings,
    boosts: readSourceBoosts(settings.source_profile, env.LAUTER_SOURCE_BOOST),
    excluded: readExcludedPrefixes(env.LAUTER_SEARCH_EXCLUDE),
    salvage: env.LAUTER_SEARCH_SALVAGE,
    nowMs: () => performance.timeOrigin + performance.now(),
    sha256,
    embedder: () => (embedder ??= openConfigured(place, pay)),
    reranker: () => Promise.resolve(settings.reranker === undefined ? null : openHttpReranker(settings.reranker, served)),
    expander: () => Promise.resolve(settings.expansion_model === undefined ? null : openHttpExpander(settings.expansion_model, served)),
    synopsizer: () => Promise.resolve((synopsizer ??= openSynopsizer({ workspace, settings, env, pay }))),
    answers: openAnswerCache(workspace),
    open: (name) => Promise.resolve(open(workspace, name)),
    gather: (name, pages, intended) => gatherCollection(world, name, pages, intended),
    close: async () => {
      await (await embedder)?.close();
    },
  };
  return world;
}

async function openConfigured(
  { settings, env, base, workspace, embedder: name }: RetrieverPlace,
  pay: PayForCall,
): Promise<Embedder | null> {
  const found = findEmbedder(settings, name);
  if (found === null) return null;
  const opened = await openEmbedder(name ?? settings.embedder, found, { env, base, rules: rulesOf(settings), pay });
  return found.kind === 'deterministic' ? opened : cacheVectors(opened, join(workspace, 'lake', 'vectors'));
}

function open(workspace: string, name: string): OpenCollection {
  const { head, index: bytes, vectors, neighboursPath } = openCollection(workspace, name);
  const index = openIndex(bytes);
  if (index === undefined) {
    throw new CollectionError(
      `opening the collection ${name}: expected an index of this version, found another one.`,
      `Make it anew with \`lauter search index ${name} --from PATH --replace\`.`,
      { collection: name },
    );
  }
  return {
    name,
    generation: head.generation,
    corpusHash: head.corpus_hash,
    embedder: head.embedder,
    synopsizer: head.synopses?.by ?? null,
    index,
    keywords: new KeywordArm(index),
    vectors,
    findNearest: vectors === null ? null : nearestIn(vectors, head.dimensions!, neighboursPath),
  };
}

/** Compares with every vector, or with those that the graph of neighbours brings. */
function nearestIn(vectors: Float32Array, dimensions: number, neighboursPath: string | null): FindNearestTo {
  if (neighboursPath === null) return (vector, limit) => nearestChunks(vector, vectors, limit);
  const graph = openHnsw(neighboursPath, dimensions);
  return (vector, limit) => nearestAmong(vector, vectors, graph.search(vector, limit), limit);
}

function rulesOf({ allowed_hosts: allowedHosts }: SearchSettings) {
  return { allowRemote: false, allowedHosts };
}
