import type { ReplayEngines } from '../../activities/gate/replay.ts';
import type { Retriever } from '../../activities/search-ports.ts';
import type { SearchOrigin } from '../../domain/reproducibility/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { SearchMode } from '../../schemas/vocabulary.ts';
import { openRetriever, type RetrieverPlace } from '../../worker/open-retriever.ts';
import { commandBudget } from '../cost/command-budget.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';
import { originWithoutSearch, searchOrigin } from '../reproducibility/search-origin.ts';
import type { KnobValues } from '../search/knob-values.ts';
import { collectionOf } from '../search/search-options.ts';

/** The commands that search by captured or judged queries. */
export type SceneCommand = 'eval replay' | 'eval gate';

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
  /** The bundle of knobs that counts. */
  readonly mode: string;
  /** Name of the embedder; null without one. */
  readonly embedder: string | null;
  /** What a report tells of the search behind it. */
  readonly origin: SearchOrigin;
  /** What its calls have cost so far, in US dollars; null for an engine of others, which pays for itself. */
  settledUsd(): Promise<number | null>;
  open(): Promise<Retriever>;
  openForReplay(): Promise<ReplayEngines>;
  close(): Promise<void>;
}

/** The scene that the options name. `embedder` counts instead of that of the config. UsageError or ConfigError when there is none. */
export function openScene(
  io: Io,
  command: SceneCommand,
  options: SearchSceneOptions,
  open: OpenRetriever = openRetriever,
  embedder?: string,
): SearchScene {
  const workspace = workspaceFolder(io, options);
  const { config, base } = loadConfig(io, workspace, options);
  const settings = config.search;
  const budget = commandBudget(workspace, command, config.cost);
  const place = { workspace, settings, base, env: io.env, budget, tell: (line: string) => io.err(plain(line)) };
  const opened = new Map<string, Promise<Retriever>>();
  const engineWith = (name: string): Promise<Retriever> => {
    const engine = opened.get(name) ?? open({ ...place, embedder: name }, options.retriever);
    opened.set(name, engine);
    return engine;
  };
  const usual = embedder ?? settings.embedder;
  const collection = collectionOf(options.collection, settings);
  return {
    collection,
    retriever: options.retriever,
    mode: options.mode ?? settings.mode,
    // What an engine of others makes vectors with is its own affair.
    embedder: usual === 'none' || options.retriever !== 'builtin' ? null : usual,
    origin: searchOrigin(io, { workspace, config, collection, retriever: options.retriever, embedder: usual }),
    settledUsd: () => (options.retriever === 'builtin' ? budget.spentUsd() : Promise.resolve(null)),
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
    const [io, , { collection = 'unknown', retriever, mode }] = given;
    const fail = (): Promise<never> => Promise.reject(error);
    return {
      collection,
      retriever,
      mode: mode ?? 'unknown',
      embedder: null,
      origin: originWithoutSearch(io),
      settledUsd: () => Promise.resolve(0),
      open: fail,
      openForReplay: fail,
      close: () => Promise.resolve(),
    };
  }
}
