import { basename } from 'node:path';
import { readCollectionHead } from '../../adapters/search/collection-head.ts';
import type { SearchOrigin } from '../../domain/reproducibility/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { Config } from '../../schemas/config.ts';
import type { Reproducibility } from '../../schemas/reproducibility.ts';
import type { EmbedderSettings, SearchSettings } from '../../schemas/search-settings.ts';
import type { Io } from '../io.ts';
import { commandLineOf } from './command-line-of.ts';

/** What is searched, and by which engine. */
export interface SearchedPlace {
  readonly workspace: string;
  readonly config: Config;
  readonly collection: string;
  readonly retriever: string;
  /** Instead of the embedder that the config names. */
  readonly embedder?: string | undefined;
}

const NOTHING = { estimated_usd: 0, settled_usd: 0 };
const UNKNOWN = { estimated_usd: null, settled_usd: null };

/** What a report tells of the search behind it. What it cost is known where no server is called, or where all that are ask nothing for it. */
export function searchOrigin(io: Pick<Io, 'args'>, { workspace, config, collection, retriever, embedder }: SearchedPlace): SearchOrigin {
  const search = embedder === undefined ? config.search : { ...config.search, embedder };
  const isFree = retriever === 'builtin' && servedModels(search).every((model) => costsNothing(config, model));
  return {
    commands: [commandLineOf(io)],
    models: searchModels(search, retriever, indexedWith(workspace, collection)),
    cost: isFree ? NOTHING : UNKNOWN,
    price_table: config.cost.version,
  };
}

/** Nothing is searched where a file holds what was found, or where the engine could not be opened. */
export function originWithoutSearch(io: Pick<Io, 'args'>): SearchOrigin {
  return { commands: [commandLineOf(io)], models: [], cost: NOTHING, price_table: null };
}

/** The models that take part in a search; that of an engine of others is the engine. `indexedBy`: id of what made the vectors, where it is known. */
export function searchModels(search: SearchSettings, retriever: string, indexedBy: string | null = null): Reproducibility['models'] {
  if (retriever !== 'builtin') return [{ lane: 'retriever', model: retriever, snapshot: null }];
  const { reranker, expansion_model: expansion } = search;
  return [
    { lane: 'embedder', model: embedderModel(search), snapshot: indexedBy },
    ...(reranker === undefined ? [] : [{ lane: 'reranker', model: reranker.model, snapshot: null }]),
    ...(expansion === undefined ? [] : [{ lane: 'expansion', model: expansion.model, snapshot: null }]),
  ];
}

function settingsOf({ embedder, embedders }: SearchSettings): EmbedderSettings | undefined {
  return Object.hasOwn(embedders, embedder) ? embedders[embedder] : undefined;
}

/** The name of a model, never the folder that it lies in. Null without an embedder. */
function embedderModel(search: SearchSettings): string | null {
  const settings = settingsOf(search);
  if (settings?.kind === 'openai') return settings.model;
  if (settings?.kind === 'onnx') return basename(settings.folder);
  return search.embedder === 'none' ? null : search.embedder;
}

/** What made the vectors of a collection, with the digest of its weights where it runs here; null where there are none. */
function indexedWith(workspace: string, collection: string): string | null {
  try {
    return readCollectionHead(workspace, collection)?.embedder ?? null;
  } catch (error) {
    // Whoever opens the collection tells what is wrong with it.
    if (error instanceof LauterError) return null;
    throw error;
  }
}

function servedModels(search: SearchSettings): string[] {
  const { reranker, expansion_model: expansion } = search;
  const embedder = settingsOf(search);
  return [...(embedder?.kind === 'openai' ? [embedder] : []), reranker, expansion].flatMap((served) => served?.model ?? []);
}

function costsNothing({ cost }: Config, model: string): boolean {
  const price = cost.prices[model];
  return price !== undefined && price.input_per_million === 0 && price.output_per_million === 0;
}
