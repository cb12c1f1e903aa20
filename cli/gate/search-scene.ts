import type { ReplayEngines } from '../../activities/gate/replay.ts';
import type { Retriever } from '../../activities/search-ports.ts';
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
    embedder: usual === 'none' ? null : usual,
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
