import type { ReplayEngines } from '../../activities/gate/replay.ts';
import type { Retriever } from '../../activities/search-ports.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { SearchMode } from '../../schemas/vocabulary.ts';
import { openRetriever, type RetrieverPlace } from '../../worker/open-retriever.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';
import type { KnobValues } from '../search/knob-values.ts';
import { collectionOf } from '../search/search-options.ts';

/** What replays and gates can be told about how to search. */
export interface SearchSceneOptions extends PlaceOptions {
  readonly collection?: string;
  readonly retriever: string;
  readonly mode?: SearchMode;
  readonly set?: KnobValues;
}

/** Opens a search engine by its name. */
export type OpenRetriever = (place: RetrieverPlace, name: string) => Promise<Retriever>;

/** A collection and the engine that searches it. An engine is opened when it is first asked for. */
export interface SearchScene {
  readonly collection: string;
  readonly retriever: string;
  /** Name of the embedder; null without one. */
  readonly embedder: string | null;
  open(): Promise<Retriever>;
  openForReplay(): Promise<ReplayEngines>;
  close(): Promise<void>;
}

/** The scene that the options name. `embedder` counts instead of that of the config. UsageError or ConfigError when there is none. */
export function openScene(io: Io, options: SearchSceneOptions, open: OpenRetriever = openRetriever, embedder?: string): SearchScene {
  const workspace = workspaceFolder(io, options);
  const { config, base } = loadConfig(io, workspace, options);
  const settings = config.search;
  const place = { workspace, settings, base, env: io.env, tell: (line: string) => io.err(plain(line)) };
  const opened = new Map<string, Promise<Retriever>>();
  const engineWith = (name: string): Promise<Retriever> => {
    const engine = opened.get(name) ?? open({ ...place, embedder: name }, options.retriever);
    opened.set(name, engine);
    return engine;
  };
  const usual = embedder ?? settings.embedder;
  return {
    collection: collectionOf(options.collection, settings),
    retriever: options.retriever,
    // What an engine of others makes vectors with is its own affair.
    embedder: usual === 'none' || options.retriever !== 'builtin' ? null : usual,
    open: () => engineWith(usual),
    openForReplay: async () => ({
      standard: await engineWith(usual),
      // An engine of others has no vectors that could be taken from it.
      withoutVectors: () => engineWith(options.retriever === 'builtin' ? 'none' : usual),
    }),
    close: async () => {
      for (const engine of await Promise.allSettled(opened.values())) if (engine.status === 'fulfilled') await engine.value.close();
    },
  };
}

/** The same, but what keeps it from being opened is told by whoever opens an engine: a verdict lists it among what else is wrong. */
export function openSceneLater(...given: Parameters<typeof openScene>): SearchScene {
  try {
    return openScene(...given);
  } catch (error) {
    if (!(error instanceof LauterError)) throw error;
    const [, { collection = 'unknown', retriever }] = given;
    const fail = (): Promise<never> => Promise.reject(error);
    return { collection, retriever, embedder: null, open: fail, openForReplay: fail, close: () => Promise.resolve() };
  }
}
